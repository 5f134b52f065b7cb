import type { ContainerAnswer } from '../../answers/local-answer.ts'
import type { Step } from '../../answers/step.ts'
import { exceptionFrame, payloadPartFrame } from '../../answers/event-stream-frame.ts'
import { dueSteps } from '../../hosting/due-steps.ts'
import type { Delivery } from './delivery.ts'
import { deliverWhole } from './deliver-whole.ts'
import { headerNames } from '../../answers/header-names.ts'
import { createResponseWriter } from './response-writer.ts'

/** Answers `InvokeEndpointWithResponseStream`: sends headers immediately, then one frame per part. */
export async function deliverStream(delivery: Delivery, answer: ContainerAnswer): Promise<void> {
  if ((answer.status ?? 200) >= 400) return deliverWhole(delivery, answer)
  const { response, signal } = delivery
  if (signal.aborted) return
  response.writeHead(200, {
    ...delivery.headers,
    'content-type': 'application/vnd.amazon.eventstream',
    ...(answer.contentType === undefined ? {} : { [headerNames.contentType]: answer.contentType }),
  })
  response.flushHeaders()
  const writer = createResponseWriter(response, signal)
  try {
    for await (const step of dueSteps(answer, signal)) {
      if (step.kind === 'ending') return await writer.finish(step.ending)
      if (step.kind === 'part') delivery.request.progress.parts++
      await writer.write(frameOf(step))
    }
  } catch (error) {
    await writer.write(exceptionFrame('ModelStreamError', crashMembers(error)))
  }
  await writer.finish('end')
}

/** Encodes a step. */
export function frameOf(step: Exclude<Step, { kind: 'ending' | 'pause' }>): Uint8Array {
  if (step.kind === 'exception') return exceptionFrame(step.name, step.members)
  return step.kind === 'part' ? payloadPartFrame(step.bytes) : step.bytes
}

/** Members of the exception for a container that crashes during a stream. */
function crashMembers(error: unknown): Record<string, string> {
  return {
    Message: `The container failed: ${error instanceof Error ? error.message : String(error)}`,
    ErrorCode: 'StreamBroken',
  }
}
