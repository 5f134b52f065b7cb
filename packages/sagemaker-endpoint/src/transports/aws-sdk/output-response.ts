import { iteratedBody } from '../../wire/body.ts'
import { type PayloadPartEvent, payloadsOf } from '../../wire/payload-events.ts'
import type { ResponseHeaders, RuntimeResponse } from '../../wire/transport.ts'

interface Output {
  readonly Body?: Uint8Array | string | AsyncIterable<PayloadPartEvent>
  readonly ContentType?: string
  readonly InvokedProductionVariant?: string
  readonly CustomAttributes?: string
  readonly NewSessionId?: string
  readonly InferenceId?: string
  readonly OutputLocation?: string
  readonly FailureLocation?: string
  readonly $metadata?: { readonly httpStatusCode?: number; readonly requestId?: string }
}

/** The response of a client without middleware, such as a fake in a test: its output is all there is. */
export function responseFromOutput(value: unknown): RuntimeResponse {
  const output = (value ?? {}) as Output
  const { InferenceId } = output
  const body = InferenceId === undefined ? output.Body : JSON.stringify({ InferenceId })
  const parts = typeof body === 'object' && Symbol.asyncIterator in body ? payloadsOf(body) : whole(body)
  return {
    statusCode: output.$metadata?.httpStatusCode ?? 200,
    headers: headersOf(output),
    body: iteratedBody(parts),
    decoder: undefined,
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
