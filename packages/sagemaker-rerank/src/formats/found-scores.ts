import { AnswerError, arrayIn, describeShape, isJsonObject, memberIn, numberIn } from '@x/sagemaker-endpoint/model-kit'

/** The formats that an answer can be told from. */
export type ScoreFormat = 'tei' | 'results' | 'jina' | 'nim' | 'djl' | 'huggingface' | 'textPairs' | 'vllm-score'

/** The scores in an answer, as the container sent them. */
export interface FoundScores {
  readonly format: ScoreFormat
  /** Scores with the index of their document, in any order. */
  readonly indexed?: readonly (readonly [index: unknown, score: unknown])[]
  /** Scores in the order of the documents. */
  readonly positional?: readonly unknown[]
}

/**
 * Finds the scores in an answer of any known container.
 *
 * Shapes: TEI, SGLang `[{ index, score }]`; vLLM, Cohere `{ results: [{ index, relevance_score }] }`; Jina `{ data: … results }`;
 * NIM `{ rankings: [{ index, logit }] }`; vLLM score `{ data: [{ index, score }] }`; DJL `[[score], …]`; Hugging Face
 * `[{ label, score }, …]`; scripts `{ scores: […] }`.
 *
 * @throws {AnswerError} if the shape is none of these
 */
export function findScores(body: unknown): FoundScores {
  const found = Array.isArray(body) ? inArray(body) : inObject(body)
  if (found === undefined) throw new AnswerError(`the answer has no scores (${describeShape(body)})`)
  return found
}

function inArray(rows: readonly unknown[]): FoundScores | undefined {
  if (rows.length === 0) return undefined
  if (rows.every((row) => has(row, 'index') && has(row, 'score'))) {
    return { format: 'tei', indexed: pairs(rows, 'score') }
  }
  if (rows.every((row) => isLabelled(row) || (Array.isArray(row) && row.length === 1 && isLabelled(row[0])))) {
    return { format: 'huggingface', positional: scoresOfOneLabel(rows.flat()) }
  }
  if (rows.every(Array.isArray)) return { format: 'djl', positional: rows.map(onlyNumber) }
  // DJL for a single document, and scripts.
  if (rows.every(isScore)) return { format: 'djl', positional: rows }
  return undefined
}

function inObject(body: unknown): FoundScores | undefined {
  if (has(body, 'results')) return { format: 'results', indexed: pairs(arrayIn(body, 'results'), 'relevance_score') }
  if (has(body, 'rankings')) return { format: 'nim', indexed: pairs(arrayIn(body, 'rankings'), 'logit') }
  if (has(body, 'scores')) {
    const scores = memberIn(body, 'scores')
    return { format: 'textPairs', positional: Array.isArray(scores) ? scores : [scores] }
  }
  const data = memberIn(body, 'data')
  const query: unknown = Array.isArray(data) && data.length === 1 ? data[0] : data
  if (has(query, 'results')) return { format: 'jina', indexed: pairs(arrayIn(query, 'results'), 'relevance_score') }
  if (Array.isArray(data) && data.length > 0 && data.every((row) => has(row, 'score'))) {
    return { format: 'vllm-score', indexed: pairs(data, 'score') }
  }
  return undefined
}

function pairs(rows: readonly unknown[], score: string): readonly (readonly [index: unknown, score: unknown])[] {
  return rows.map((row) => [memberIn(row, 'index'), memberIn(row, score)])
}

/** A model with several labels gives the score of another label from row to row: those are no relevances. */
function scoresOfOneLabel(rows: readonly unknown[]): readonly unknown[] {
  const labels = new Set(rows.map((row) => memberIn(row, 'label')))
  if (labels.size > 1) throw new AnswerError('the answer has several labels: the model is a classifier, not a reranker')
  return rows.map((row) => memberIn(row, 'score'))
}

function onlyNumber(row: unknown): unknown {
  if (!Array.isArray(row) || row.length !== 1) {
    throw new AnswerError('the answer has not one score per document: the model is a classifier, not a reranker')
  }
  return row[0]
}

function isLabelled(row: unknown): boolean {
  return has(row, 'label') && has(row, 'score')
}

function isScore(value: unknown): boolean {
  return typeof value === 'number' || value === null
}

function has(value: unknown, member: string): boolean {
  return isJsonObject(value) && Object.hasOwn(value, member)
}

/** The tokens that an answer reports; `undefined` if it reports none, never a guess. */
export function reportedTokens(body: unknown): number | undefined {
  const usage = memberIn(body, 'usage')
  const tokens =
    numberIn(usage, 'total_tokens') ??
    numberIn(usage, 'prompt_tokens') ??
    numberIn(memberIn(memberIn(body, 'meta'), 'tokens'), 'input_tokens')
  if (tokens !== undefined) return tokens
  const data = memberIn(body, 'data')
  const query: unknown = Array.isArray(data) ? data[0] : data
  const ofQuery = numberIn(memberIn(query, 'query_usage'), 'total_tokens')
  if (ofQuery === undefined) return undefined
  const ofDocuments = numberIn(memberIn(query, 'docs_usage'), 'total_tokens')
  const rows = arrayIn(query, 'results').map((row) => numberIn(memberIn(row, 'usage'), 'total_tokens') ?? 0)
  return ofQuery + (ofDocuments ?? rows.reduce((sum, count) => sum + count, 0))
}
