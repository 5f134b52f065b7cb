import { ResponseStream, type ResponseStreamOptions } from '@x/stream-core/response-stream'
import { SagemakerError } from './errors/sagemaker-error.ts'
import { errorFromAnything } from './errors/to-error.ts'
import { abortedError, joinedSignal } from './signals.ts'
import { type PayloadPartEvent, payloadsOf } from './wire/payload-events.ts'

/** Sends the command for one run and gives the `Body` of its output. */
export type OpenPayload = (
  signal: AbortSignal,
) => AsyncIterable<PayloadPartEvent> | undefined | PromiseLike<AsyncIterable<PayloadPartEvent> | undefined>

/**
 * The bytes of a streamed response, from the `Body` in the output of the AWS SDK's
 * `InvokeEndpointWithResponseStreamCommand`. Parts are cut anywhere, also inside a character: decode them with
 * `lines()`, `jsonValues()` and the like. For programs that keep their own client and command; `invokeStream` of
 * `SagemakerEndpoint` has retries and time limits, too.
 *
 * - Parts without bytes and events of unknown types are skipped.
 * - All errors are `SagemakerError`s, whether the SDK throws `ModelStreamError` and `InternalStreamFailure` or yields
 *   them. The bytes before an error come first.
 * - A `Body` can be read once; a second run fails with code `invalid-request`. So does an output without `Body`.
 * - Leaving the iteration of a `Body` does not close its connection: the SDK offers only the `abortSignal` of `send` for
 *   that. Pass a factory, and leaving the stream closes the connection at once:
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
  options: ResponseStreamOptions = {},
): ResponseStream<Uint8Array> {
  let isRead = false
  const open = async (signal: AbortSignal): Promise<AsyncIterable<PayloadPartEvent>> => {
    if (isRead) throw new SagemakerError('invalid-request', 'this Body has been read. Pass a factory to read it again.')
    isRead = typeof body !== 'function'
    const events = typeof body === 'function' ? await body(signal) : body
    if (events === undefined) throw new SagemakerError('invalid-request', 'the output has no Body.')
    return events
  }
  const signal = joinedSignal([options.signal], (reason) => abortedError('', reason))
  return ResponseStream.from((left) => payloads(open, left), { ...options, signal })
}

async function* payloads(
  open: (signal: AbortSignal) => Promise<AsyncIterable<PayloadPartEvent>>,
  signal: AbortSignal,
): AsyncGenerator<Uint8Array, void> {
  let bytesReceived = 0
  try {
    for await (const bytes of payloadsOf(await open(signal))) {
      bytesReceived += bytes.length
      yield bytes
    }
  } catch (error) {
    throw errorFromAnything(error, { endpointName: '', ...(bytesReceived > 0 && { partial: { bytesReceived } }) })
  }
}
