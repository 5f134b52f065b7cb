import * as v from 'valibot'
import { endpointReferenceSchema } from './run-request.ts'

/** Most documents or texts of one call. */
export const maxScoredTexts = 500

const positiveInteger = (label: string) =>
  v.optional(
    v.pipe(
      v.number(`${label} must be a number.`),
      v.check((value) => Number.isInteger(value) && value > 0, `${label} must be a whole number from 1.`),
    ),
  )

const texts = (minimum: string) =>
  v.pipe(
    v.array(v.string()),
    v.minLength(1, minimum),
    v.maxLength(maxScoredTexts, `At most ${maxScoredTexts} in one call.`),
  )

/** Ranks documents by their relevance to a query. */
const rerankRequestSchema = v.strictObject({
  mode: v.literal('rerank'),
  endpoint: endpointReferenceSchema,
  query: v.pipe(v.string(), v.minLength(1, 'Write a query first.')),
  documents: texts('There is no document to rank.'),
  topN: positiveInteger('Top N'),
})

/** Labels texts. */
const classifyRequestSchema = v.strictObject({
  mode: v.literal('classify'),
  endpoint: endpointReferenceSchema,
  texts: texts('There is no text to classify.'),
  labels: v.optional(v.array(v.string())),
  multiLabel: v.optional(v.boolean()),
})

/** What the page asks the server to do: one call of a reranker or a classifier. */
export const scoringRequestSchema = v.variant('mode', [rerankRequestSchema, classifyRequestSchema])

export type RerankRequest = v.InferOutput<typeof rerankRequestSchema>
export type ClassifyRequest = v.InferOutput<typeof classifyRequestSchema>
export type ScoringRequest = v.InferOutput<typeof scoringRequestSchema>
