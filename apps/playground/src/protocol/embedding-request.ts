import * as v from 'valibot'
import { endpointReferenceSchema } from './run-request.ts'
import { vectorForms } from './shown-vector.ts'

/** Limits of a run's controls, which the page shows and the server enforces. */
export const batchSizeLimits = { min: 1, max: 512 } as const
export const concurrencyLimits = { min: 1, max: 64 } as const

/** Most texts of one run: their vectors are kept in the page. */
export const maxTexts = 20_000

const wholeNumber = (label: string, { min, max }: { readonly min: number; readonly max: number }) =>
  v.pipe(
    v.number(`${label} must be a number.`),
    v.check((value) => value >= min && value <= max, `${label} must be between ${min} and ${max}.`),
    v.check((value) => Number.isInteger(value), `${label} must be a whole number.`),
  )

/** The form of the vectors; 32-bit floats where the page says nothing. */
const form = v.optional(
  v.picklist(vectorForms, `The form of vectors must be one of ${vectorForms.join(', ')}.`),
  'float32',
)
const batchSize = wholeNumber('Batch size', batchSizeLimits)
const concurrency = wholeNumber('Concurrency', concurrencyLimits)
const texts = v.pipe(
  v.array(v.string()),
  v.minLength(1, 'There is no text to embed.'),
  v.maxLength(maxTexts, `At most ${maxTexts.toLocaleString('en-US')} texts at a time.`),
)

/** Embeds texts, in order. The page makes up the id, by which it can pause the run. */
export const embeddingRequestSchema = v.strictObject({
  id: v.pipe(v.string(), v.uuid()),
  endpoint: endpointReferenceSchema,
  texts,
  form,
  batchSize,
  concurrency,
})

/** Holds a run, or lets it go on. */
export const pauseRequestSchema = v.strictObject({ id: v.pipe(v.string(), v.uuid()), paused: v.boolean() })

/** Embeds what is searched for. */
export const queryRequestSchema = v.strictObject({
  endpoint: endpointReferenceSchema,
  query: v.pipe(v.string(), v.minLength(1, 'Write a query first.')),
  form,
})

/** Embeds the same texts with each of these settings, one after the other, and takes the time. */
export const measureRequestSchema = v.strictObject({
  endpoint: endpointReferenceSchema,
  texts,
  settings: v.pipe(v.array(v.strictObject({ batchSize, concurrency })), v.minLength(1), v.maxLength(64)),
})

export type EmbeddingRequest = v.InferOutput<typeof embeddingRequestSchema>
export type PauseRequest = v.InferOutput<typeof pauseRequestSchema>
export type QueryRequest = v.InferOutput<typeof queryRequestSchema>
export type MeasureRequest = v.InferOutput<typeof measureRequestSchema>
export type MeasureSetting = MeasureRequest['settings'][number]
