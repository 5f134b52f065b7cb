import type { CallWarning } from './call-warning.ts'

/**
 * A request for a container, ready to be sent.
 *
 * @public
 */
export interface CodecRequest {
  /** Body of the request. */
  readonly body: Uint8Array
  /** Content type of the body. */
  readonly contentType: string
  /** Content type that the answer is to have. */
  readonly accept: string
  /** Value of the custom attributes header; `undefined` when there is none. */
  readonly customAttributes?: string | undefined
  /** What of the input the container has no parameter for. Empty when all is passed on. */
  readonly warnings: readonly CallWarning[]
}

/**
 * How several inputs share one request.
 *
 * @public
 */
export interface ModelBatchCodec<I, O> {
  /** Most inputs in one request. */
  readonly maxItems: number
  /** Writes one request for several inputs. */
  join(inputs: readonly I[]): Promise<CodecRequest>
  /**
   * Reads the answer to them: one outcome for each input, in the order of the inputs. An `Error` stands for an input that failed.
   *
   * @throws {Error} if the answer as a whole cannot be read
   */
  split(body: Uint8Array, inputs: readonly I[], contentType?: string): Promise<readonly (O | Error)[]>
}

/**
 * Writes the request for an input and reads the body of the answer, without sending anything: what a model object does with its
 * endpoint, for callers that send in their own way, such as asynchronous inference and batch transform.
 *
 * Both directions are pure: the same arguments give the same result.
 *
 * @public
 */
export interface ModelCodec<I, O> {
  /** Name of the codec with whatever changes its requests, such as `language:tgi`. Jobs compare it when they are resumed. */
  readonly name: string
  /**
   * Writes the request for one input.
   *
   * @throws {Error} if the container cannot take the input
   */
  request(input: I): Promise<CodecRequest>
  /**
   * Reads the answer to that request.
   *
   * @throws {Error} if the body is an error of the container, is incomplete or cannot be read
   */
  response(body: Uint8Array, input: I, contentType?: string): Promise<O>
  /** How several inputs share one request; `undefined` when each input needs its own. */
  readonly batch?: ModelBatchCodec<I, O> | undefined
}
