import type { MeasureSetting } from '../../../protocol/embedding-request.ts'

export const measuredBatchSizes = [1, 2, 4, 8, 16, 32] as const
export const measuredConcurrencies = [1, 4, 8] as const

/** So many texts are embedded with every setting: some requests for each even when batches are large and many run at a time. */
export const measuredTexts = 128

/** Every batch size with every number of requests at a time. */
export const measurePlan: readonly MeasureSetting[] = measuredConcurrencies.flatMap((concurrency) =>
  measuredBatchSizes.map((batchSize) => ({ batchSize, concurrency })),
)

/** Requests that measuring takes, the first of them to open a connection. */
export const measureRequests: number = measurePlan.reduce(
  (sum, { batchSize }) => sum + Math.ceil(measuredTexts / batchSize),
  1,
)

/** The first texts; when there are fewer, over and over. */
export const textsToMeasure = (texts: readonly string[]): string[] =>
  texts.length === 0 ? [] : Array.from({ length: measuredTexts }, (_, index) => texts[index % texts.length] ?? '')
