import type { LabelScore } from '@x/bedrock-like-types'
import { AnswerError, arrayIn, describeShape, isJsonObject, memberIn, stringIn } from '@x/sagemaker-endpoint/model-kit'

/** The formats that an answer can be told from. */
export type LabelFormat = 'lists' | 'vllm' | 'huggingface' | 'jumpstart'

/** The labels in an answer. */
export interface FoundLabels {
  readonly format: LabelFormat
  /** The labels of each text, in the order of the texts. */
  readonly labels: readonly (readonly LabelScore[])[]
}

/**
 * Finds the labels in an answer of any known container.
 *
 * Shapes: TEI, Hugging Face `[[{ label, score }], …]`; Hugging Face `[{ label, score }, …]`, which are the labels of one text or one
 * label for each text, and `[{ sequence, labels, scores }, …]` of a zero-shot model; vLLM `{ data: [{ index, label, probs }] }`; JumpStart
 * `{ probabilities, labels? }`. A score that is not a number becomes `NaN`.
 *
 * @param count - the number of texts
 * @throws {AnswerError} if the shape is none of these, or it is not certain which labels belong to which text
 */
export function findLabels(body: unknown, count: number): FoundLabels {
  const found = Array.isArray(body) ? inArray(body, count) : inObject(body, count)
  if (found === undefined) throw new AnswerError(`the answer has no labels (${describeShape(body)})`)
  const { length } = found.labels
  if (length !== count) throw new AnswerError(`the answer has labels for ${length} of ${count} texts`)
  if (found.labels.some((labels) => labels.length === 0)) throw new AnswerError('the answer has a text without labels')
  return found
}

function inArray(rows: readonly unknown[], count: number): FoundLabels | undefined {
  if (rows.length === 0) return undefined
  if (rows.every((row) => Array.isArray(row) && row.every(isLabelled))) {
    return { format: 'lists', labels: (rows as readonly (readonly unknown[])[]).map((row) => row.map(labelScore)) }
  }
  if (rows.every(isLabelled)) {
    const labels = rows.map(labelScore)
    return { format: 'huggingface', labels: count === 1 ? [labels] : labels.map((label) => [label]) }
  }
  if (rows.every(isZeroShot)) return { format: 'huggingface', labels: rows.map(zeroShotScores) }
  return undefined
}

function inObject(body: unknown, count: number): FoundLabels | undefined {
  if (isZeroShot(body)) return { format: 'huggingface', labels: [zeroShotScores(body)] }
  const probabilities = memberIn(body, 'probabilities')
  if (Array.isArray(probabilities))
    return { format: 'jumpstart', labels: [named(probabilities, arrayIn(body, 'labels'))] }
  const data = arrayIn(body, 'data')
  if (data.length > 0 && data.every((row) => Array.isArray(memberIn(row, 'probs')))) {
    return { format: 'vllm', labels: bestByIndex(data, count) }
  }
  return undefined
}

/** vLLM names the best label of a text only. A model without names of labels has none there. */
function bestByIndex(rows: readonly unknown[], count: number): LabelScore[][] {
  if (rows.length !== count) throw new AnswerError(`the answer has labels for ${rows.length} of ${count} texts`)
  const labels: LabelScore[][] = Array.from({ length: count }, () => [])
  for (const row of rows) {
    const index = memberIn(row, 'index')
    if (typeof index !== 'number' || labels[index]?.length !== 0) {
      throw new AnswerError('the answer has labels without an index, or an index that is doubled or out of range')
    }
    const scores = named(arrayIn(row, 'probs'), [])
    const best = scores.reduce((best, one) => (one.score > best.score ? one : best))
    labels[index] = [{ label: stringIn(row, 'label') ?? best.label, score: best.score }]
  }
  return labels
}

/** Scores with their labels. Without labels they have the names that Transformers gives to those of a model that names none. */
function named(scores: readonly unknown[], labels: readonly unknown[]): LabelScore[] {
  if (labels.length > 0 && labels.length !== scores.length) {
    throw new AnswerError(`the answer has ${labels.length} labels for ${scores.length} scores`)
  }
  return scores.map((score, index) => ({ label: textOf(labels[index]) ?? `LABEL_${index}`, score: numberOf(score) }))
}

function zeroShotScores(row: unknown): LabelScore[] {
  return named(arrayIn(row, 'scores'), arrayIn(row, 'labels'))
}

function labelScore(row: unknown): LabelScore {
  return { label: String(memberIn(row, 'label')), score: numberOf(memberIn(row, 'score')) }
}

function isLabelled(row: unknown): boolean {
  return stringIn(row, 'label') !== undefined && isJsonObject(row) && Object.hasOwn(row, 'score')
}

function isZeroShot(row: unknown): boolean {
  return Array.isArray(memberIn(row, 'labels')) && Array.isArray(memberIn(row, 'scores'))
}

function textOf(label: unknown): string | undefined {
  return typeof label === 'string' || typeof label === 'number' ? String(label) : undefined
}

function numberOf(score: unknown): number {
  return typeof score === 'number' ? score : Number.NaN
}
