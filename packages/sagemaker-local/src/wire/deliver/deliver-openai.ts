import type { ContainerAnswer } from '../../answers/local-answer.ts'
import { dueSteps } from '../../hosting/due-steps.ts'
import type { Delivery } from './delivery.ts'
import { createResponseWriter } from './response-writer.ts'

/** Answers the OpenAI-compatible path with the container's status, content type and bytes, unbuffered. */
export async function deliverOpenAI(delivery: Delivery, answer: ContainerAnswer): Promise<void> {
  const { response, signal } = delivery
  if (signal.aborted) return
  response.writeHead(answer.status ?? 200, {
    ...delivery.headers,
    ...(answer.contentType === undefined ? {} : { 'content-type': answer.contentType }),
  })
  response.flushHeaders()
  const writer = createResponseWriter(response, signal)
  try {
    for await (const step of dueSteps(answer, signal)) {
      // Without frames there is no way to send an exception, so the connection is closed.
      if (step.kind === 'exception') return await writer.finish('disconnect')
      if (step.kind === 'ending') return await writer.finish(step.ending)
      if (step.kind === 'part') delivery.request.progress.parts++
      await writer.write(step.bytes)
    }
  } catch {
    return writer.finish('disconnect')
  }
  await writer.finish('end')
}
