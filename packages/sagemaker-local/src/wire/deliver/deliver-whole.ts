import type { ContainerAnswer } from '../../answers/local-answer.ts'
import { modelErrorResponse } from '../../answers/model-error.ts'
import { gather, wholeResponse } from '../../hosting/gather-answer.ts'
import { sendServiceResponse, type Delivery } from './delivery.ts'
import { createResponseWriter } from './response-writer.ts'

/** Answers `InvokeEndpoint`: reads the whole body, then sends one response. */
export async function deliverWhole(delivery: Delivery, answer: ContainerAnswer): Promise<void> {
  const gathered = await gather(answer, delivery.signal)
  if (gathered.kind === 'broken')
    return createResponseWriter(delivery.response, delivery.signal).finish(gathered.ending)
  if (delivery.signal.aborted) return
  if (gathered.kind === 'failed') return sendServiceResponse(delivery.response, gathered.response, delivery.headers)
  const { endpointName, awsLocation } = delivery
  const content =
    gathered.kind === 'crashed'
      ? modelErrorResponse({ endpointName, statusCode: 500, message: gathered.message }, awsLocation)
      : wholeResponse(answer, gathered.bytes, endpointName, awsLocation)
  if (content.statusCode === 200 && content.body.length > 0) delivery.request.progress.parts = 1
  await sendServiceResponse(delivery.response, content, delivery.headers)
}
