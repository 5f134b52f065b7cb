import { serverSentEvent, stream, type ContainerAnswer } from '../../answers/local-answer.ts'
import { part, pause, type Step } from '../../answers/step.ts'
import type { DemoSettings } from './generation.ts'

/** How a value is written into a stream. */
export type Serialize = (value: object) => string

/** The event that ends OpenAI's streams. */
export const sseDone = 'data: [DONE]\n\n'

/** A line of JSON. */
export const jsonLine: Serialize = (value) => `${JSON.stringify(value)}\n`

/** Server-sent events, one part each, at the model's pace; `last` is sent as it is. */
export function eventStream(values: Iterable<object>, settings: DemoSettings, last?: string): ContainerAnswer {
  return stream(steps(values, settings, serverSentEvent, last))
}

/** JSON lines, one part each, at the model's pace; `last` is sent as it is. */
export function lineStream(values: Iterable<object>, settings: DemoSettings, last?: string): ContainerAnswer {
  return stream(steps(values, settings, jsonLine, last), { contentType: 'application/jsonlines' })
}

/** One part per value, and before each the pause that the model's pace asks for. */
export function* steps(
  values: Iterable<object>,
  { tokensPerSecond }: DemoSettings,
  serialize: Serialize,
  last?: string,
): Generator<Step> {
  for (const value of values) {
    if (tokensPerSecond !== undefined) yield pause(1000 / tokensPerSecond)
    yield part(serialize(value))
  }
  if (last !== undefined) yield part(last)
}
