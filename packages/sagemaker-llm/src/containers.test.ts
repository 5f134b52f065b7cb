import type { ChatChunk } from '@x/bedrock-like-types'
import { SagemakerEndpoint } from '@x/sagemaker-endpoint'
import {
  body,
  json,
  parts,
  scripted,
  startLocalRuntime,
  stream,
  type LocalAnswer,
  type LocalRuntime,
  type ReceivedRequest,
} from '@x/sagemaker-local'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FixtureCase } from './__fixtures__/container-fixture.ts'
import { containerFixtures } from './__fixtures__/container-fixtures.ts'
import { expectedOutcome, outcomeOf } from './__fixtures__/outcome.ts'
import { collect } from './views/collect.ts'
import { auto } from './handlers/auto.ts'
import type { ContentHandler } from './contract/content-handler.ts'
import { SagemakerLLM } from './sagemaker-llm.ts'

/** Bytes per part of a stream, as SageMaker cuts it; infinity is one part. */
const partSizes = [1, 7, 64, Number.POSITIVE_INFINITY]

/** What follows the framing is the same for `auto()`, so it is spared the cuts that the container's own handler has seen. */
function sizesFor(reader: ContentHandler, own: ContentHandler): readonly number[] {
  return reader === own ? partSizes : [7]
}

/** Every case of every container with its name, and with the handlers that read it: the container's own, and `auto()`. */
const cases = containerFixtures.flatMap(({ name, handler, cases: ofContainer }) =>
  ofContainer.map((fixture) => ({
    name: `${name}: ${fixture.name}`,
    fixture,
    handler,
    readers: fixture.autoReads === false || handler.name === 'auto' ? [handler] : [handler, auto()],
  })),
)
const requests = cases.filter(({ fixture }) => fixture.request !== undefined)
const wholeAnswers = cases
  .filter(({ fixture }) => fixture.whole !== undefined)
  .flatMap(({ readers, ...row }) => readers.map((reader) => ({ ...row, reader })))
const streamed = cases.flatMap(({ fixture, ...row }) =>
  fixture.stream === undefined ? [] : [{ ...row, fixture, bytes: fixture.stream }],
)
const streams = streamed.flatMap(({ readers, ...row }) =>
  readers.flatMap((reader) => sizesFor(reader, row.handler).map((size) => ({ ...row, reader, size }))),
)

const anyId = expect.stringMatching(/^.{3,}$/)

let runtime: LocalRuntime
let endpoint: SagemakerEndpoint
/** What the container answers to the next requests, and the requests that it got. */
let answer: () => LocalAnswer
let received: ReceivedRequest[] = []

beforeAll(async () => {
  const container = scripted((request) => {
    received.push(request)
    return answer()
  })
  runtime = await startLocalRuntime({ endpoints: { 'my-container': container } })
  endpoint = new SagemakerEndpoint({
    endpointName: 'my-container',
    region: 'us-east-1',
    endpoint: runtime.url,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
  })
})

afterAll(async () => {
  endpoint.close()
  await runtime.close()
})

function model(contentHandler: ContentHandler): SagemakerLLM {
  return new SagemakerLLM({ endpoint, contentHandler })
}

function callWhole(llm: SagemakerLLM, { prompt, messages = [], options }: FixtureCase): Promise<object> {
  return prompt === undefined ? llm.chat(messages, options) : llm.complete(prompt, options)
}

function callStream(llm: SagemakerLLM, { prompt, messages = [], options }: FixtureCase): AsyncIterable<ChatChunk> {
  return prompt === undefined ? llm.streamChat(messages, options) : llm.streamComplete(prompt, options)
}

describe('requests', () => {
  test.each(requests)('$name', async ({ fixture, handler }) => {
    answer = () => json({})
    received = []
    const llm = model(handler)
    // Whatever comes back is no answer: only what was sent matters.
    await callWhole(llm, fixture).catch(() => undefined)
    await collect(callStream(llm, fixture)).catch(() => undefined)
    expect(received.map((request) => request.json())).toEqual([fixture.request?.(false), fixture.request?.(true)])
    const type = 'application/json'
    expect(received.map(({ operation, contentType, accept }) => [operation, contentType, accept])).toEqual([
      ['invoke', type, type],
      ['stream', type, type],
    ])
  })
})

describe('whole answers', () => {
  test.each(wholeAnswers)('$name, by $reader.name', async ({ fixture, reader }) => {
    answer = () => json(fixture.whole, { status: fixture.status })
    expect(await outcomeOf(callWhole(model(reader), fixture))).toEqual(expectedOutcome(fixture, false, anyId))
  })
})

describe('streams', () => {
  test.each(streams)('$name, by $reader.name, $size bytes per part', async ({ fixture, reader, size, bytes }) => {
    answer = () => stream(parts(bytes, { size: Math.min(size, bytes.length * 4) }))
    const outcome = await outcomeOf(collect(callStream(model(reader), fixture)))
    expect(outcome).toEqual(expectedOutcome(fixture, true, anyId))
  })
})

describe('streams that answer a call which did not ask for one', () => {
  test.each(streamed)('$name', async ({ fixture, handler, bytes }) => {
    answer = () => body(bytes)
    expect(await outcomeOf(callWhole(model(handler), fixture))).toEqual(expectedOutcome(fixture, true, anyId))
  })
})

describe('whole answers to a call that asked for a stream', () => {
  const documents = cases.filter(({ fixture }) => fixture.whole !== undefined && fixture.status === undefined)

  test.each(documents)('$name', async ({ fixture, handler }) => {
    answer = () => json(fixture.whole)
    const outcome = await outcomeOf(collect(callStream(model(handler), fixture)))
    expect(outcome).toEqual(expectedOutcome({ ...fixture, expectedOfStream: {} }, false, anyId))
  })
})
