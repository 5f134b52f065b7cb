import type { LocalAnswer, ContainerAnswer, StepLike } from '../answers/local-answer.ts'
import type { LocalEndpoint } from '../answers/local-endpoint.ts'
import { part, type Step } from '../answers/step.ts'
import type { ReceivedRequest } from '../answers/received-request.ts'
import { serializeCapture, type CaptureEvent } from './capture.ts'

const operationNames = {
  invoke: 'InvokeEndpoint',
  stream: 'InvokeEndpointWithResponseStream',
  async: 'InvokeEndpointAsync',
  openai: 'chat/completions',
} as const

/**
 * Wraps an endpoint so that every call to it is recorded, for example a proxy in front of a container or model server.
 *
 * @param onCapture - Called with the text of a capture file, which contains prompt and answer, when a call ends or is aborted. May be asynchronous.
 * An exception or rejection becomes a process warning and never affects the call.
 */
export function record(
  model: LocalEndpoint,
  onCapture: (capture: string, request: ReceivedRequest) => unknown,
): LocalEndpoint {
  return {
    ...model,
    async answer(request) {
      const startedAt = new Date()
      const started = performance.now()
      const at = (): number => Math.round(performance.now() - started)
      const events: CaptureEvent[] = [requestEvent(request)]
      const finish = (last: CaptureEvent): void => {
        events.push(last)
        void (async () => onCapture(serializeCapture({ startedAt, events }), request))().catch(warn)
      }
      let answer: LocalAnswer
      try {
        answer = await model.answer(request)
      } catch (error) {
        finish({
          type: 'error',
          at: at(),
          code: 'model-error',
          message: String(error),
          originalStatusCode: 500,
          originalMessage: String(error),
        })
        throw error
      }
      if (answer.kind !== 'container') {
        finish({ type: 'error', at: at(), code: 'unexpected-response', message: 'There was no answer of a container.' })
        return answer
      }
      events.push({ type: 'response', at: at(), statusCode: answer.status ?? 200, contentType: answer.contentType })
      return { ...answer, steps: recordedSteps(answer, events, at, finish) }
    },
  }
}

function warn(error: unknown): void {
  process.emitWarning(`A call could not be recorded: ${String(error)}`, 'LocalRuntimeWarning')
}

function requestEvent({ operation = 'invoke', contentType = '', accept, text }: ReceivedRequest): CaptureEvent {
  return { type: 'request', at: 0, operation: operationNames[operation], contentType, accept, body: text }
}

async function* recordedSteps(
  { steps }: ContainerAnswer,
  events: CaptureEvent[],
  at: () => number,
  finish: (last: CaptureEvent) => void,
): AsyncGenerator<Step> {
  let start = 0
  let last: CaptureEvent | undefined
  try {
    for await (const like of steps as AsyncIterable<StepLike>) {
      const step = typeof like === 'string' || like instanceof Uint8Array ? part(like) : like
      if (step.kind === 'part') {
        events.push({ type: 'part', at: at(), start, bytes: Buffer.from(step.bytes).toString('base64') })
        start += step.bytes.length
      } else last = endOf(step, at()) ?? last
      yield step
    }
    last ??= { type: 'end', at: at() }
  } catch (error) {
    last = { type: 'error', at: at(), code: 'stream-interrupted', message: String(error) }
    throw error
  } finally {
    finish(last ?? { type: 'error', at: at(), code: 'aborted', message: 'The caller left before the end.' })
  }
}

function endOf(step: Step, at: number): CaptureEvent | undefined {
  if (step.kind === 'exception') {
    const code = step.members['ErrorCode'] === 'ModelInvocationTimeExceeded' ? 'timeout' : 'stream-interrupted'
    return { type: 'error', at, code, message: step.name }
  }
  if (step.kind !== 'ending') return undefined
  return step.ending === 'end'
    ? { type: 'end', at }
    : { type: 'error', at, code: 'stream-interrupted', message: step.ending }
}
