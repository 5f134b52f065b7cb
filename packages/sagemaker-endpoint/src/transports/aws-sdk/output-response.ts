import { iteratedBody } from '../../wire/body.ts'
import { ReportedFailure } from '../../errors/reported-failure.ts'
import type { ResponseHeaders, RuntimeAnswer } from '../../wire/transport.ts'
import { unframed } from '../../wire/payload-decoder.ts'

interface StreamEvent {
  readonly PayloadPart?: { readonly Bytes?: Uint8Array }
  readonly ModelStreamError?: { readonly Message?: string; readonly message?: string; readonly ErrorCode?: string }
  readonly InternalStreamFailure?: { readonly Message?: string; readonly message?: string }
}

interface Output {
  readonly Body?: Uint8Array | string | AsyncIterable<StreamEvent>
  readonly ContentType?: string
  readonly InvokedProductionVariant?: string
  readonly CustomAttributes?: string
  readonly NewSessionId?: string
  readonly InferenceId?: string
  readonly OutputLocation?: string
  readonly FailureLocation?: string
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string }
}

/** The answer of a client that has no middleware, such as a fake in somebody's tests: its output is all there is. */
export function answerFromOutput(value: unknown): RuntimeAnswer {
  const output = (value ?? {}) as Output
  const { InferenceId } = output
  const body = InferenceId === undefined ? output.Body : JSON.stringify({ InferenceId })
  const parts = typeof body === 'object' && Symbol.asyncIterator in body ? payloads(body) : whole(body)
  return {
    statusCode: output.$metadata?.httpStatusCode ?? 200,
    headers: headersOf(output),
    body: iteratedBody(parts),
    decoder: unframed,
  }
}

async function* payloads(events: AsyncIterable<StreamEvent>): AsyncGenerator<Uint8Array, void> {
  for await (const { PayloadPart, ModelStreamError, InternalStreamFailure } of events) {
    const failure = ModelStreamError ?? InternalStreamFailure
    if (failure !== undefined) {
      throw new ReportedFailure({
        name: ModelStreamError === undefined ? 'InternalStreamFailure' : 'ModelStreamError',
        message: failure.Message ?? failure.message ?? '',
        streamErrorCode: ModelStreamError?.ErrorCode,
      })
    }
    if (PayloadPart?.Bytes !== undefined) yield PayloadPart.Bytes
  }
}

async function* whole(body: Uint8Array | string | undefined): AsyncGenerator<Uint8Array, void> {
  if (body !== undefined) yield typeof body === 'string' ? new TextEncoder().encode(body) : body
}

function headersOf(output: Output): ResponseHeaders {
  return {
    'content-type': output.ContentType,
    'x-amzn-invoked-production-variant': output.InvokedProductionVariant,
    'x-amzn-requestid': output.$metadata?.requestId,
    'x-amzn-sagemaker-custom-attributes': output.CustomAttributes,
    'x-amzn-sagemaker-failurelocation': output.FailureLocation,
    'x-amzn-sagemaker-new-session-id': output.NewSessionId,
    'x-amzn-sagemaker-outputlocation': output.OutputLocation,
  }
}
