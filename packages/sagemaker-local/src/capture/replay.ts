import { containerError, stream, type LocalAnswer, type ContainerAnswer } from '../answers/local-answer.ts'
import type { LocalEndpoint } from '../answers/local-endpoint.ts'
import { disconnect, modelStreamError, part, pause, type Step } from '../answers/step.ts'
import { parseCapture, type CaptureEvent } from './capture.ts'

/** Options of {@link replay}. */
export interface ReplayOptions {
  /**
   * Speed relative to the recording: 2 is twice as fast, `Infinity` does not wait.
   * @defaultValue 1
   */
  readonly speed?: number | undefined
  /**
   * Which call of a file with several: its position, from 0.
   * @defaultValue 0
   */
  readonly call?: number | undefined
}

/**
 * Creates an endpoint that answers every request with a recorded answer: the same parts at the same times, and the same ending.
 *
 * @param capture - Text of a capture file.
 * @throws {CaptureError} if the text is not a capture.
 */
export function replay(capture: string, { speed = 1, call = 0 }: ReplayOptions = {}): LocalEndpoint {
  const { startedAt, events } = parseCapture(capture, call)
  const request = eventOf(events, 'request')
  return {
    description: `A recording of ${startedAt.toISOString()}`,
    exampleBody: request?.body,
    handlesSessions: true,
    answer: () => replayedAnswer(events, request?.at ?? 0, speed),
  }
}

function replayedAnswer(events: readonly CaptureEvent[], begin: number, speed: number): LocalAnswer {
  const response = eventOf(events, 'response')
  const error = eventOf(events, 'error')
  const hasParts = events.some(({ type }) => type === 'part')
  if (error?.originalStatusCode !== undefined && !hasParts) {
    const answer = containerError(error.originalStatusCode, error.originalMessage ?? '')
    return { ...answer, steps: withPause(error.at - begin, speed, answer) }
  }
  const { statusCode, contentType } = response ?? {}
  return stream(replayedSteps(events, begin, speed), { status: statusCode, contentType })
}

function* withPause(durationMs: number, speed: number, { steps }: ContainerAnswer): Generator<Step> {
  yield pause(durationMs / speed)
  for (const step of steps as Iterable<Step>) yield step
}

function* replayedSteps(events: readonly CaptureEvent[], begin: number, speed: number): Generator<Step> {
  let now = begin
  for (const event of events) {
    if (event.type !== 'part' && event.type !== 'end' && event.type !== 'error') continue
    yield pause(Math.max(0, event.at - now) / speed)
    now = event.at
    if (event.type === 'part') yield part(Buffer.from(event.bytes, 'base64'))
    if (event.type === 'error') yield* endingOf(event.code)
  }
}

/** Steps that reproduce a failure. An error that the container wrote into its answer is already part of the bytes. */
function endingOf(code: string): readonly Step[] {
  if (code === 'stream-interrupted') return [disconnect()]
  return code === 'timeout' ? [modelStreamError('ModelInvocationTimeExceeded')] : []
}

function eventOf<Type extends CaptureEvent['type']>(
  events: readonly CaptureEvent[],
  type: Type,
): Extract<CaptureEvent, { type: Type }> | undefined {
  return events.find((event): event is Extract<CaptureEvent, { type: Type }> => event.type === type)
}
