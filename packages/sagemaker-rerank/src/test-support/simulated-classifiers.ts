import { containerError, json, type LocalAnswer } from '@x/sagemaker-local'
import {
  type ClassificationContentHandler,
  type LabelScore,
  huggingfaceClassification,
  jumpstartClassification,
  teiClassification,
  vllmClassification,
} from '../index.ts'

/** The labels of a text, as a container scores them. */
export type Scores = readonly { readonly label: string; readonly score: unknown }[]

/** A request, as a container read it. */
export interface ReadTexts {
  readonly texts: readonly string[]
  readonly labels?: readonly string[] | undefined
  readonly multiLabel?: boolean | undefined
}

/** A container that classifies texts, in its own format. */
export interface SimulatedClassifier {
  readonly name: string
  readonly handler: () => ClassificationContentHandler
  /** Whether the container names the best label of a text only. */
  readonly namesBestOnly?: boolean
  /** Whether the container takes one text per request. */
  readonly isSingle?: boolean
  /** Whether the container takes labels. */
  readonly takesLabels?: boolean
  /** Whether rows have an index. */
  readonly hasIndex?: boolean
  /** Reads a request; throws for a body that the container would refuse. */
  readonly read: (text: string) => ReadTexts
  readonly write: (rows: readonly Scores[]) => unknown
  readonly tooLong: LocalAnswer
  readonly refused: LocalAnswer
}

/** A text ends with the score of its label POSITIVE: `fine 0.75`. */
export function scoresOf(text: string): LabelScore[] {
  const positive = Number(text.slice(text.lastIndexOf(' ') + 1))
  return [
    { label: 'NEGATIVE', score: 1 - positive },
    { label: 'POSITIVE', score: positive },
  ]
}

interface RequestBody {
  readonly inputs?: unknown
  readonly input?: unknown
  readonly parameters?: { readonly candidate_labels?: readonly string[]; readonly multi_label?: boolean } | undefined
}
const fields = (text: string): RequestBody => JSON.parse(text) as RequestBody
const sorted = (scores: Scores) => scores.toSorted((a, b) => Number(b.score) - Number(a.score))
const strings = (values: unknown): string[] => {
  if (!Array.isArray(values) || values.some((value) => typeof value !== 'string'))
    throw new Error('not an array of strings')
  return values as string[]
}

export const simulatedClassifiers: readonly SimulatedClassifier[] = [
  {
    name: 'TEI',
    handler: teiClassification,
    read: (text) => {
      const inputs = fields(text).inputs as string[][]
      // A list of two strings is a pair, and one string is no list.
      if (!inputs.every((input) => Array.isArray(input) && input.length === 1)) throw new Error('pairs or strings')
      return { texts: strings(inputs.flat()) }
    },
    write: (rows) => rows.map(sorted),
    tooLong: containerError(413, {
      error: 'Input validation error: `inputs` must have less than 512 tokens. Given: 600',
      error_type: 'Validation',
    }),
    refused: containerError(422, { error: 'tokenizer error', error_type: 'Tokenizer' }),
  },
  {
    name: 'vLLM',
    handler: vllmClassification,
    namesBestOnly: true,
    hasIndex: true,
    read: (text) => ({ texts: strings(fields(text).input) }),
    write: (rows) => ({
      id: 'classify-1',
      object: 'list',
      model: 'm',
      data: rows.map((row, index) => ({
        index,
        label: sorted(row)[0]?.label,
        probs: row.map(({ score }) => score),
        num_classes: row.length,
      })),
      usage: { total_tokens: 9 },
    }),
    tooLong: containerError(400, {
      error: { message: "This model's maximum context length is 512 tokens.", type: 'BadRequestError', code: 400 },
    }),
    refused: containerError(400, { error: { message: 'bad input', type: 'BadRequestError', code: 400 } }),
  },
  {
    name: 'Hugging Face toolkit',
    handler: huggingfaceClassification,
    takesLabels: true,
    read: (text) => {
      const { inputs, parameters } = fields(text)
      const { candidate_labels: labels, multi_label: multiLabel } = parameters ?? {}
      return { texts: strings(inputs), labels, multiLabel }
    },
    write: (rows) => rows.map(sorted),
    tooLong: containerError(400, {
      code: 400,
      type: 'InternalServerException',
      message: 'maximum context length is 512',
    }),
    refused: containerError(400, {
      code: 400,
      type: 'InternalServerException',
      message: 'text input must be of type `str`',
    }),
  },
  {
    name: 'JumpStart',
    handler: jumpstartClassification,
    isSingle: true,
    read: (text) => ({ texts: [text] }),
    write: ([row = []]) => ({
      probabilities: row.map(({ score }) => score),
      labels: row.map(({ label }) => label),
      predicted_label: sorted(row)[0]?.label,
    }),
    tooLong: containerError(400, { message: 'maximum context length is 512' }),
    refused: containerError(400, { message: 'cannot classify' }),
  },
]

/** The answer of a container to texts. */
export function answerOf(container: SimulatedClassifier, { texts }: ReadTexts): LocalAnswer {
  return json(container.write(texts.map(scoresOf)))
}
