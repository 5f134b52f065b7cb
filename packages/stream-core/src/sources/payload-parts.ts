import type { Decoder } from '../decoders/decoder.ts'
import type { OpenStreamSource } from '../reading/stream-source.ts'
import { ResponseStream, type ResponseStreamOptions } from '../response-stream/response-stream.ts'
import { singleUse } from './single-use.ts'

/**
 * One event of the body of `InvokeEndpointWithResponseStream`, as far as it matters here; the AWS SDK's own
 * `ResponseStream` union can be passed for it.
 */
export interface PayloadPartEvent {
  /** A part of the answer, cut anywhere. */
  readonly PayloadPart?: { readonly Bytes?: Uint8Array | undefined } | undefined
  /** The container broke off: an error. */
  readonly ModelStreamError?: unknown
  /** The service failed: an error. */
  readonly InternalStreamFailure?: unknown
}

/**
 * The bytes of a streamed answer, from the `Body` that the AWS SDK's `InvokeEndpointWithResponseStreamCommand` answers
 * with. Parts are cut anywhere, also inside a character: decode them with `lines()`, `jsonValues()` and the like.
 *
 * - Parts without bytes and events of unknown types are skipped; `ModelStreamError` and `InternalStreamFailure` are the
 *   stream's error, whether the SDK throws them or yields them.
 * - A `Body` can be read once; a second run fails with a `TypeError`. So does an answer without `Body`.
 * - Leaving the iteration of a `Body` does not close its connection: the SDK offers only the `abortSignal` of `send` for
 *   that. Give a factory, and leaving the stream closes the connection at once:
 *
 * @example
 * ```ts
 * payloadParts(async (signal) => (await client.send(command, { abortSignal: signal })).Body)
 *   .pipe(lines())
 *   .subscribe(console.log)
 * ```
 * @param body - the `Body`, or a factory that is called once for each subscription and each iteration
 */
export function payloadParts(
  body: AsyncIterable<PayloadPartEvent> | undefined | OpenPayload,
  options?: ResponseStreamOptions,
): ResponseStream<Uint8Array> {
  const open = typeof body === 'function' ? body : singleUse(body, 'This Body was read by an earlier run.')
  const openBody: OpenStreamSource<PayloadPartEvent> = async (signal) => {
    const events = await open(signal)
    if (events === undefined) throw new TypeError('The answer has no Body.')
    return events
  }
  return ResponseStream.from(openBody, options).pipeDecoder(() => payloadPartDecoder)
}

/**
 * Calls the endpoint for one run and gives the `Body` of its answer.
 */
export type OpenPayload = (
  signal: AbortSignal,
) => AsyncIterable<PayloadPartEvent> | undefined | PromiseLike<AsyncIterable<PayloadPartEvent> | undefined>

const payloadPartDecoder: Decoder<PayloadPartEvent, Uint8Array> = {
  push(event) {
    const failure = event.ModelStreamError ?? event.InternalStreamFailure
    if (failure !== undefined) throw failure
    const bytes = event.PayloadPart?.Bytes
    return bytes === undefined || bytes.length === 0 ? [] : [bytes]
  },
  flush: () => [],
}
