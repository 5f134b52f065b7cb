import { ReportedFailure } from '../errors/service-failure.ts'

/**
 * One event of the body of `InvokeEndpointWithResponseStream`, as far as it matters here. The AWS SDK's own
 * `ResponseStream` union can be passed for it.
 */
export interface PayloadPartEvent {
  /** A part of the response, cut anywhere. */
  readonly PayloadPart?: { readonly Bytes?: Uint8Array | undefined } | undefined
  /** The container broke off: an error. */
  readonly ModelStreamError?: unknown
  /** The service failed: an error. */
  readonly InternalStreamFailure?: unknown
}

/**
 * The bytes of decoded events. Events of unknown types and parts without bytes are skipped.
 *
 * @throws {ReportedFailure} for a failure among the events.
 */
export async function* payloadsOf(events: AsyncIterable<PayloadPartEvent>): AsyncGenerator<Uint8Array, void> {
  for await (const { PayloadPart, ModelStreamError, InternalStreamFailure } of events) {
    if (ModelStreamError !== undefined) throw reported('ModelStreamError', ModelStreamError)
    if (InternalStreamFailure !== undefined) throw reported('InternalStreamFailure', InternalStreamFailure)
    const bytes = PayloadPart?.Bytes
    if (bytes !== undefined && bytes.length > 0) yield bytes
  }
}

interface FailureFields {
  readonly Message?: string
  readonly message?: string
  readonly ErrorCode?: string
}

function reported(name: string, failure: unknown): ReportedFailure {
  const { Message, message, ErrorCode }: FailureFields = failure ?? {}
  return new ReportedFailure({ name, message: Message ?? message ?? '', streamErrorCode: ErrorCode })
}
