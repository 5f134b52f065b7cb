import type { Message } from '@x/bedrock-like-types'
import { type InvokeMetadata, SagemakerError } from '@x/sagemaker-endpoint'
import {
  body,
  json,
  type LocalAnswer,
  type LocalRuntime,
  parts,
  scripted,
  startLocalRuntime,
  stream,
} from '@x/sagemaker-local'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { events } from './__fixtures__/container-fixture.ts'
import { endings } from './__fixtures__/reported/endings.ts'
import { reasoning } from './__fixtures__/reported/reasoning.ts'
import { shapes } from './__fixtures__/reported/shapes.ts'
import { toolCalls } from './__fixtures__/reported/tool-calls.ts'
import { type Said, saidBy, saidByConverse, saidByEvents, saidByParts } from './__fixtures__/said.ts'
import { modelSettings } from './call/model-settings.ts'
import { type PreparedCall, prepareCall } from './call/prepared-call.ts'
import { SagemakerLLM } from './sagemaker-llm.ts'
import { collect } from './views/collect.ts'

// Answers that users of these containers have reported in public, each the example of a kind. A row says what came and what it means.

let runtime: LocalRuntime
let llm: SagemakerLLM
let answer: () => LocalAnswer

beforeAll(async () => {
  runtime = await startLocalRuntime({ endpoints: { container: scripted(() => answer()) } })
  llm = new SagemakerLLM({ endpointName: 'container', ...runtime.connection, retry: { maxAttempts: 1 } })
})

afterAll(async () => {
  llm.close()
  await runtime.close()
})

const hello: Message[] = [{ role: 'user', content: [{ text: 'Hello' }] }]

/** What a call ends with; the code of its error, if that is how. */
async function outcome<T>(call: () => Promise<T>): Promise<T | { readonly code: string }> {
  try {
    return await call()
  } catch (error) {
    if (SagemakerError.is(error)) return { code: error.code }
    throw error
  }
}

async function all<T>(values: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = []
  for await (const value of values) list.push(value)
  return list
}

/** The parts of a stream that comes in pieces, or the code of its error; without ids that are made here, and times. */
function decoded(prepared: PreparedCall, pieces: readonly Uint8Array[]): string {
  const decoder = prepared.decoder(prepared.handler.reader(prepared.call), true)
  const decodedParts: unknown[] = []
  const emit = (part: object): unknown =>
    decodedParts.push({ ...part, response: undefined, ...('id' in part && { id: undefined }) })
  try {
    for (const piece of pieces) decoder.pushEach(piece, emit)
    decoder.flushEach(emit)
  } catch (error) {
    if (!SagemakerError.is(error)) throw error
    decodedParts.push(error.code)
  }
  return JSON.stringify(decodedParts)
}

describe.each(Object.entries({ ...toolCalls, ...reasoning, ...shapes, ...endings }))('%s', (_, row) => {
  const { whole, values, contentType, expected } = row
  const text = row.text ?? (values === undefined ? JSON.stringify(whole) : events(...values, '[DONE]'))
  const bytes = new TextEncoder().encode(text)
  test('is understood as a whole answer, by chat and by converse', async () => {
    // A stream in answer to a call that did not ask for one is understood, too.
    answer = () => (whole === undefined ? body(text, { contentType }) : json(whole))
    const chat = await outcome(() => llm.chat(hello))
    expect(chat).toMatchObject(expected)
    const said = 'code' in chat ? chat : saidBy(chat)
    expect(await outcome(async () => saidByConverse(await llm.converse({ messages: hello })))).toEqual(said)
  })

  test.each([7, 1_000_000])('is understood as a stream in parts of %i bytes, in every form', async (size) => {
    answer = () => stream(parts(bytes, { size }), { contentType })
    const chat = await outcome(() => collect(llm.streamChat(hello)))
    expect(chat).toMatchObject(expected)
    const said = 'code' in chat ? chat : saidBy(chat)
    expect(await outcome(async () => saidByParts(await all(llm.streamParts(hello))))).toEqual(said)
    const converse = async (): Promise<Said> =>
      saidByEvents(await all((await llm.converseStream({ messages: hello })).stream))
    expect(await outcome(converse)).toEqual(said)
  })

  test('is the same at every cut', async () => {
    const settings = modelSettings({}, { endpointName: 'e', transport: 'invoke' })
    const prepared = await prepareCall(hello, settings.generation, settings, true)
    prepared.received({ contentType } as InvokeMetadata)
    const one = decoded(prepared, [bytes])
    for (let at = 1; at < bytes.length; at++) {
      expect(decoded(prepared, [bytes.subarray(0, at), bytes.subarray(at)])).toBe(one)
    }
  })
})
