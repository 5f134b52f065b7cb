import type { ChatChunk, ModelResponseMetadata } from '@x/bedrock-like-types'
import { SagemakerError } from '@x/sagemaker-endpoint'
import { assert, array, constantFrom, integer, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { FixtureCase } from './__fixtures__/container-fixture.ts'
import { containerFixtures } from './__fixtures__/container-fixtures.ts'
import { PartDecoder } from './parts/part-decoder.ts'
import { ChatChunks } from './views/chat-chunks.ts'
import { textRules } from './parts/text-rules.ts'
import { modelMessages } from './call/write-model-call.ts'
import type { ContentHandler } from './contract/content-handler.ts'
import type { ModelCall } from './contract/model-call.ts'

/** Streams that end well and say so. */
const complete = containerFixtures
  .filter((fixture) => fixture.marksItsEnd !== false)
  .flatMap(({ name, handler, cases }) =>
    cases.flatMap((fixture) =>
      fixture.stream === undefined || fixture.expected === undefined
        ? []
        : [{ name: `${name}: ${fixture.name}`, handler, fixture, bytes: new TextEncoder().encode(fixture.stream) }],
    ),
  )

const metadata: ModelResponseMetadata = { attempts: 1, timings: {}, warnings: [] }

function decode(handler: ContentHandler, fixture: FixtureCase, pieces: readonly Uint8Array[]): readonly ChatChunk[] {
  const call = callOf(fixture)
  const view = new ChatChunks()
  const decoder = new PartDecoder({
    rules: textRules(call),
    isStream: true,
    request: { body: '', contentType: 'application/json' },
    reader: handler.reader(call),
    origin: () => ({ endpointName: 'my-container', request: new Uint8Array() }),
    response: () => metadata,
  })
  const chunks: ChatChunk[] = []
  for (const piece of pieces) decoder.pushEach(piece, (part) => chunks.push(...view.push(part)))
  decoder.flushEach((part) => chunks.push(...view.push(part)))
  return chunks
}

function callOf({ prompt, messages = [], options = {} }: FixtureCase): ModelCall {
  const base = { temperature: 0.1, maxNewTokens: 512, ...options, stream: true } as ModelCall
  return prompt === undefined
    ? { ...base, prompt, messages: modelMessages(messages) }
    : { ...base, messages: undefined, prompt }
}

/** How a stream ended: with everything it had to say, or with an error. A short success is neither. */
function ending(handler: ContentHandler, fixture: FixtureCase, bytes: Uint8Array): string {
  try {
    const chunks = decode(handler, fixture, [bytes])
    const text = chunks.at(-1)?.text
    const calls = new Set(chunks.flatMap(({ toolCallDelta }) => toolCallDelta?.index ?? [])).size
    const isComplete = text === fixture.expected?.text && calls === (fixture.expected?.toolCalls?.length ?? 0)
    return isComplete ? 'complete' : `a short success: ${JSON.stringify({ text, calls })}`
  } catch (error) {
    return SagemakerError.is(error) && error.code === 'stream-interrupted'
      ? 'interrupted'
      : `another error: ${String(error)}`
  }
}

/** Where a stream is cut: near every line end, and at every tenth byte in between. */
function cutsOf(bytes: Uint8Array): number[] {
  const lineEnds = new Set<number>()
  bytes.forEach((byte, at) => {
    if (byte === 0x0a) for (let near = at - 2; near <= at + 7; near++) lineEnds.add(near)
  })
  return Array.from(bytes.keys()).filter((at) => at % 10 === 0 || lineEnds.has(at))
}

describe('a stream that is cut off anywhere is never a short success', () => {
  test.each(complete)('$name', ({ handler, fixture, bytes }) => {
    const endings = cutsOf(bytes).map((length) => ending(handler, fixture, bytes.subarray(0, length)))
    expect(endings.filter((each) => each !== 'interrupted' && each !== 'complete')).toEqual([])
    expect(endings[0]).toBe('interrupted')
    expect(ending(handler, fixture, bytes)).toBe('complete')
  })
})

test('a partial answer holds everything that had arrived, also what was held back', () => {
  const [stopped] = complete.filter(({ name }) => name === 'TGI generate: stop string, which TGI leaves in the text')
  if (stopped === undefined) throw new Error('the fixture is missing')
  const upToHashes = stopped.bytes.subarray(0, new TextDecoder().decode(stopped.bytes).indexOf('"index":5'))
  let error: unknown
  try {
    decode(stopped.handler, stopped.fixture, [upToHashes])
  } catch (thrown) {
    error = thrown
  }
  expect(SagemakerError.is(error) && error.partial?.text).toBe('It’s # sunny##')
})

test('however the bytes are cut, the same fragments come out', () => {
  assert(
    property(
      constantFrom(...complete),
      array(integer({ min: 0, max: 4_000 }), { maxLength: 30 }),
      ({ handler, fixture, bytes }, cuts) => {
        const bounds = [0, ...cuts.filter((at) => at < bytes.length).sort((a, b) => a - b), bytes.length]
        const pieces = bounds.slice(1).map((end, index) => bytes.subarray(bounds[index], end))
        const shown = (chunks: readonly ChatChunk[]) =>
          chunks.map(({ delta, reasoningDelta, stopReason, usage, text }) => ({
            delta,
            reasoningDelta,
            stopReason,
            usage,
            text,
          }))
        expect(shown(decode(handler, fixture, pieces))).toEqual(shown(decode(handler, fixture, [bytes])))
      },
    ),
    { numRuns: 300 },
  )
})
