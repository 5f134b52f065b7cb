import type { EmbeddingVector } from './embedding-vector.ts'
import type { ModelResponseMetadata } from './response-metadata.ts'

/**
 * The vectors of several inputs, with what the container said about the call.
 *
 * @public
 */
export interface EmbeddingResponse<V extends EmbeddingVector = Float32Array> {
  /** One vector for each input, in the order of the inputs. */
  readonly embeddings: readonly V[]
  /** Tokens of the inputs; `undefined` when the container did not report them. */
  readonly tokens: number | undefined
  /** Facts about the exchange; of the last one when the inputs needed several requests. */
  readonly response: ModelResponseMetadata
}
