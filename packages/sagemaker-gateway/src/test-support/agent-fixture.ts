import { demoLanguageModel, disconnect, part, scripted, stream } from '@x/sagemaker-local'
import { expect } from 'vitest'
import { type GatewayFixture, startGateway } from './gateway-fixture.ts'

/** What a container adds to its answer with one chunk. */
export interface Delta {
  readonly content?: string
  readonly reasoning_content?: string
  readonly tool_calls?: readonly object[]
}

/** A chunk of a container in OpenAI's format, as an event. */
export function data(delta: Delta, finish: string | null = null, more: object = {}): string {
  return `data: ${JSON.stringify({ choices: [{ index: 0, delta, finish_reason: finish, ...more }] })}\n\n`
}

/** A chunk with a piece of the call of a tool. */
export function call(members: object, index = 0): string {
  return data({ tool_calls: [{ index, ...members }] })
}

/** An endpoint that answers with these events. */
export function says(...events: readonly string[]): ReturnType<typeof scripted> {
  return scripted(() => stream(events.map((event) => part(event))))
}

export const usage = {
  prompt_tokens: 7,
  completion_tokens: 3,
  total_tokens: 10,
  prompt_tokens_details: { cached_tokens: 2 },
}
export const counts = `data: ${JSON.stringify({ choices: [], usage })}\n\n`
export const done = 'data: [DONE]\n\n'

const begins = (id: string, index = 0): string =>
  call({ id, type: 'function', function: { name: 'weather', arguments: '' } }, index)
const continues = (text: string, index = 0): string => call({ function: { arguments: text } }, index)

/** A gateway in front of containers that give answers of every kind. */
export function startAgentFixture(): Promise<GatewayFixture> {
  return startGateway({
    text: says(data({ content: 'Hel' }), data({ content: 'lo' }), data({}, 'stop'), counts, done),
    thinker: says(data({ reasoning_content: 'hm' }), data({ content: 'Yes' }, 'stop'), counts, done),
    caller: says(begins('call_1'), continues('{"city":'), continues('"Paris"}'), data({}, 'tool_calls'), counts, done),
    // Both calls are written at once.
    parallel: says(
      begins('call_1'),
      begins('call_2', 1),
      continues('{"city":'),
      continues('{"city":"Rome"}', 1),
      continues('"Paris"}'),
      data({}, 'tool_calls'),
      done,
    ),
    long: says(data({ content: 'Hel' }, 'length'), counts, done),
    cut: says(begins('call_1'), continues('{"ci'), data({}, 'length'), counts, done),
    broken: scripted(() => stream([part(data({ content: 'Hel' })), disconnect()])),
    slow: demoLanguageModel({ format: 'openai', tokensPerSecond: 50 }),
    demo: demoLanguageModel({ format: 'openai' }),
    tgi: demoLanguageModel({ format: 'tgi' }),
  })
}

/** An event of a stream. */
export interface NamedEvent {
  readonly event: string | undefined
  readonly data: Readonly<Record<string, unknown>> & { readonly type: string }
}

/** Sends a request for a stream and reads all of its events. */
export async function namedEvents(fixture: GatewayFixture, path: string, body: object): Promise<NamedEvent[]> {
  const response = await fixture.post(path, { stream: true, ...body })
  expect(response.status).toBe(200)
  return (await response.text())
    .trimEnd()
    .split('\n\n')
    .map((text) => ({
      event: /^event: (.*)$/m.exec(text)?.[1],
      data: JSON.parse(/^data: (.*)$/m.exec(text)?.[1] ?? 'null') as NamedEvent['data'],
    }))
}

export const weather = {
  name: 'weather',
  description: 'The weather',
  parameters: { type: 'object', properties: { city: { type: 'string' } } },
}
