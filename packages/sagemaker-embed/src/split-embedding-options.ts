import { SagemakerEndpoint, type SagemakerEndpointOptions, SagemakerError } from '@x/sagemaker-endpoint'
import type { CacheIdentity } from './cache/cached-vectors.ts'
import type { EmbeddingOptions, SagemakerEmbeddingOptions } from './contract/embedding-options.ts'

/** The options of a `SagemakerEmbedding`, each where it belongs. */
export interface SplitEmbeddingOptions {
  readonly endpoint: SagemakerEndpoint
  /** Whether `endpoint` was made here, and so has to be closed here. */
  readonly ownsEndpoint: boolean
  readonly embedding: EmbeddingOptions
  /** What tells this model from others in a cache, as far as the options say. */
  readonly identity: CacheIdentity
}

/** The names of these options, each of them once: a table that lacks one does not compile. */
const embeddingOptionNames: Readonly<Record<keyof EmbeddingOptions, true>> = {
  contentHandler: true,
  embedBatchSize: true,
  maxBatchBytes: true,
  concurrency: true,
  dimensions: true,
  normalize: true,
  pooling: true,
  queryInstruction: true,
  textInstruction: true,
  inputType: true,
  modelName: true,
  additionalParameters: true,
  cache: true,
  callbacks: true,
  telemetry: true,
}

/**
 * Tells the options of the embedding from those of the endpoint and makes the endpoint, unless there is one already.
 *
 * @throws {SagemakerError} `invalid-request` for a number out of range, and for options of an endpoint besides one that
 * exists: they would have no effect.
 */
export function splitEmbeddingOptions(options: SagemakerEmbeddingOptions): SplitEmbeddingOptions {
  const entries = Object.entries(options)
  const isOfEmbedding = ([name]: [string, unknown]): boolean => Object.hasOwn(embeddingOptionNames, name)
  const embedding: EmbeddingOptions = Object.fromEntries(entries.filter(isOfEmbedding))
  const others = Object.fromEntries(entries.filter((entry) => !isOfEmbedding(entry)))
  const { endpoint, ...endpointOptions } = others as Omit<Partial<SagemakerEndpointOptions>, 'endpoint'> & {
    readonly endpoint?: string | SagemakerEndpoint | undefined
  }
  const { embedBatchSize, maxBatchBytes, concurrency, dimensions } = embedding
  for (const [name, value] of Object.entries({ embedBatchSize, maxBatchBytes, concurrency, dimensions })) {
    if (value !== undefined && !(Number.isInteger(value) && value >= 1)) {
      throw invalidRequest(`${name}: ${String(value)} is not a whole number from 1`)
    }
  }
  if (endpoint === undefined || typeof endpoint === 'string') {
    const { endpointName, region, inferenceComponentName, targetModel, targetVariant, targetContainerHostname } =
      endpointOptions
    const made = new SagemakerEndpoint({ ...endpointOptions, endpoint } as SagemakerEndpointOptions)
    const routing = { inferenceComponentName, targetModel, targetVariant, targetContainerHostname }
    const identity = { endpointName, region, ...routing }
    return { endpoint: made, ownsEndpoint: true, embedding, identity }
  }
  const given = Object.entries(endpointOptions).flatMap(([name, value]) => (value === undefined ? [] : name))
  if (given.length > 0) throw invalidRequest(`${given.join(', ')}: an endpoint was given, which has its own options`)
  const identity = { endpointName: endpoint.endpointName }
  return { endpoint, ownsEndpoint: false, embedding, identity }
}

function invalidRequest(message: string): SagemakerError {
  return new SagemakerError('invalid-request', message)
}
