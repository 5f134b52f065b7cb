import type {
  ChatResponse,
  ConverseModelStreamOutput,
  ModelPart,
  ModelResponseMetadata,
  ToolCall,
} from '@x/bedrock-like-types'
import { SagemakerError } from '@x/sagemaker-endpoint'
import { readFileSync } from 'node:fs'
import { describe, expect, test, vi } from 'vitest'
import type { FixtureCase } from './__fixtures__/container-fixture.ts'
import { containerFixtures } from './__fixtures__/container-fixtures.ts'
import { modelSettings } from './call/model-settings.ts'
import { prepareCall, type PreparedCall } from './call/prepared-call.ts'
import { readWholeAnswer } from './call/whole-answer.ts'
import type { ContentHandler } from './contract/content-handler.ts'
import { parseToolInput } from './contract/json-text.ts'
import { auto } from './handlers/auto.ts'
import type { SpinePart } from './parts/spine-part.ts'
import { ChatChunks } from './views/chat-chunks.ts'
import { collect } from './views/collect.ts'
import { ConverseEvents } from './views/converse-events.ts'
import { ModelParts } from './views/model-parts.ts'
import { ResponseCollector } from './views/response-collector.ts'

// Much work per test, on machines that may be slow and busy.
vi.setConfig({ testTimeout: 120_000 })

interface Decoded {
  readonly parts: readonly SpinePart[]
  readonly error: SagemakerError | undefined
}

interface Stream {
  readonly name: string
  readonly bytes: Uint8Array
  readonly handler: ContentHandler
  readonly fixture: FixtureCase
}

const fixtures: readonly Stream[] = containerFixtures.flatMap(({ name, handler, cases }) =>
  cases.flatMap((fixture) =>
    fixture.stream === undefined
      ? []
      : [{ name: `${name}: ${fixture.name}`, handler, fixture, bytes: utf8(fixture.stream) }],
  ),
)

/** Scenarios of stream-core: bytes that are hardly answers, and cut in the worst of ways. */
const corpus: readonly Stream[] = ['json-values', 'server-sent-events'].flatMap((file) => {
  const url = new URL(`../../stream-core/conformance/${file}.json`, import.meta.url)
  const { scenarios } = JSON.parse(readFileSync(url, 'utf8')) as {
    readonly scenarios: readonly {
      readonly name: string
      readonly input: { readonly text?: string; readonly base64?: string }
    }[]
  }
  return scenarios.map(({ name, input: { text, base64 = '' } }) => ({
    name: `${file}: ${name}`,
    handler: auto(),
    fixture: { name, messages: [{ role: 'user', content: 'Hi' }] },
    bytes: text === undefined ? new Uint8Array(Buffer.from(base64, 'base64')) : utf8(text),
  }))
})

function utf8(text: string): Uint8Array {
  return new TextEncoder().encode(text)
}

function prepared({ handler, fixture }: Stream, stream: boolean): Promise<PreparedCall> {
  const { prompt, messages = [], options = {} } = fixture
  const settings = modelSettings({ ...options, contentHandler: handler }, { endpointName: 'e', transport: 'invoke' })
  return prepareCall(prompt ?? messages, settings.generation, settings, stream)
}

function decode(call: PreparedCall, pieces: readonly Uint8Array[]): Decoded {
  const decoder = call.decoder(call.handler.reader(call.call), true)
  const parts: SpinePart[] = [...decoder.start()]
  const emit = (part: SpinePart): unknown => parts.push(part)
  try {
    for (const piece of pieces) decoder.pushEach(piece, emit)
    decoder.flushEach(emit)
  } catch (error) {
    if (!SagemakerError.is(error)) throw error
    return { parts: named(parts), error }
  }
  return { parts: named(parts), error: undefined }
}

const metadata: ModelResponseMetadata = { attempts: 1, timings: {}, warnings: [] }

/** The same parts with ids in place of generated ones, which are random, and without times. */
function named(parts: readonly SpinePart[]): readonly SpinePart[] {
  return parts.map((part) => {
    if (part.type === 'response' || part.type === 'finish') return { ...part, response: metadata }
    if ('id' in part && part.id?.startsWith('call_') === true && part.id.length > 36)
      return { ...part, id: `#${part.index}` }
    return part
  })
}

/** Every cut into two pieces, and into many of the same size; of long streams a part of the former. */
function* cutsOf(bytes: Uint8Array): Generator<readonly Uint8Array[]> {
  for (const size of [1, 2, 3, 7]) {
    yield Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size))
  }
  const step = Math.ceil(bytes.length / 50)
  for (let at = 1; at < bytes.length; at += step) yield [bytes.subarray(0, at), bytes.subarray(at)]
}

/** What an answer says, in whatever form it comes. */
interface Said {
  readonly text: string
  readonly reasoning: string
  readonly toolCalls: readonly Omit<ToolCall, 'id'>[]
  readonly stopReason: string | undefined
}

function saidBy({ text, reasoning = '', toolCalls, stopReason }: ChatResponse): Said {
  return { text, reasoning, toolCalls: toolCalls.map(({ id: _, ...call }) => call), stopReason }
}

function saidByParts(parts: readonly SpinePart[]): Said {
  const of = (type: SpinePart['type']) => parts.filter((part) => part.type === type)
  const textOf = (type: 'text-delta' | 'reasoning-delta'): string =>
    of(type)
      .map((part) => ('text' in part ? part.text : ''))
      .join('')
  return {
    text: textOf('text-delta'),
    reasoning: textOf('reasoning-delta'),
    toolCalls: parts
      .flatMap((part) => (part.type === 'tool-call-end' ? [part] : []))
      .toSorted((a, b) => a.index - b.index)
      .map(({ name, inputText, input }) => ({ name, inputText, input: (input ?? inputText) as ToolCall['input'] })),
    stopReason: parts.flatMap((part) => (part.type === 'finish' ? [part.stopReason] : []))[0],
  }
}

function saidByEvents(events: readonly ConverseModelStreamOutput[]): Said {
  let said: Said = { text: '', reasoning: '', toolCalls: [], stopReason: undefined }
  let open: number | undefined
  let next = 0
  for (const { contentBlockStart, contentBlockDelta, contentBlockStop, messageStop } of events) {
    const index = (contentBlockStart ?? contentBlockDelta ?? contentBlockStop)?.contentBlockIndex
    if (index !== undefined && index !== open) {
      expect({ open, index }).toEqual({ open: undefined, index: next })
      open = index
      next++
    }
    if (contentBlockStop) open = undefined
    if (contentBlockStart?.start.toolUse) {
      const { name = '' } = contentBlockStart.start.toolUse
      said = { ...said, toolCalls: [...said.toolCalls, { name, inputText: '', input: {} }] }
    }
    const { text = '', reasoningContent, toolUse } = contentBlockDelta?.delta ?? {}
    said = { ...said, text: said.text + text, reasoning: said.reasoning + (reasoningContent?.text ?? '') }
    if (toolUse?.input) {
      const last = said.toolCalls.at(-1)!
      const inputText = last.inputText + toolUse.input
      said = { ...said, toolCalls: [...said.toolCalls.slice(0, -1), { ...last, inputText }] }
    }
    if (messageStop) said = { ...said, stopReason: messageStop.stopReason }
  }
  const toolCalls = said.toolCalls.map((call) => ({
    ...call,
    input: parseToolInput(call.inputText).input ?? call.inputText,
  }))
  return { ...said, toolCalls }
}

async function* asyncOf<T>(values: readonly T[]): AsyncGenerator<T> {
  yield* values
}

/** Checks the order and the indices of parts; an answer that failed may lack the end. */
function checkOrder(parts: readonly SpinePart[], failed: boolean): void {
  const open = new Map<number, string>()
  const texts = new Map<number, string>()
  let next = 0
  let responses = 0
  expect(parts[0]?.type).toBe('start')
  for (const [position, part] of parts.entries()) {
    if (part.type === 'response') responses++
    if (part.type === 'raw' || 'index' in part) expect(responses).toBe(1)
    if (part.type === 'finish') expect({ position, open: open.size }).toEqual({ position: parts.length - 1, open: 0 })
    if (!('index' in part)) continue
    const kind = part.type.replace(/-(start|delta|end)$/, '')
    if (part.type.endsWith('-start')) {
      // Text and reasoning are closed before another block opens.
      expect([...open.values()].filter((other) => other !== 'tool-call')).toEqual([])
      expect(part.index).toBe(next++)
      open.set(part.index, kind)
    } else expect(open.get(part.index)).toBe(kind)
    if (part.type.endsWith('-delta')) {
      const added = 'text' in part ? part.text : 'input' in part ? String(part.input) : ''
      expect(added).not.toBe('')
      expect(added).not.toMatch(/\p{Surrogate}/u)
      texts.set(part.index, (texts.get(part.index) ?? '') + added)
    }
    if (part.type === 'tool-call-end') expect(part.inputText).toBe(texts.get(part.index) ?? '')
    if (part.type.endsWith('-end')) open.delete(part.index)
  }
  if (!failed) expect({ responses, last: parts.at(-1)?.type }).toEqual({ responses: 1, last: 'finish' })
}

describe('parts, chunks, Converse events and the whole answer agree', () => {
  test.each(fixtures)('$name', async (stream) => {
    const { parts, error } = decode(await prepared(stream, true), [stream.bytes])
    checkOrder(parts, error !== undefined)
    const said = saidByParts(parts)
    const view = new ChatChunks()
    const chunks = parts.flatMap((part) => view.push(part))
    const events = new ConverseEvents({})
    const converse = saidByEvents(parts.flatMap((part) => events.push(part)))
    const collector = new ResponseCollector()
    for (const part of parts) collector.push(part)
    if (error === undefined) {
      expect(saidBy(await collect(asyncOf(chunks)))).toEqual(said)
      expect(saidBy(collector.response())).toEqual(said)
      expect(converse).toEqual(said)
      const whole = readWholeAnswer(stream.bytes, await prepared(stream, false))
      expect(saidBy(whole)).toEqual(said)
      expect(whole.message.content.flatMap(({ text }) => text ?? []).join('')).toBe(said.text)
    } else {
      // What arrived came before the error, and is in it, with what was held back.
      expect(error.partial?.text?.startsWith(said.text)).toBe(true)
      expect(chunks.map(({ delta }) => delta).join('')).toBe(said.text)
      expect(() => collector.response()).toThrow(/ended before/)
      await expect((async () => readWholeAnswer(stream.bytes, await prepared(stream, false)))()).rejects.toMatchObject({
        code: error.code,
      })
    }
  })
})

describe('however the bytes are cut, the same parts come, or the same error after them', () => {
  test.each([...fixtures, ...corpus])('$name', async (stream) => {
    const call = await prepared(stream, true)
    const { parts, error } = decode(call, [stream.bytes])
    const expected = JSON.stringify([parts, error?.code])
    for (const pieces of cutsOf(stream.bytes)) {
      const cut = decode(call, pieces)
      // Compared as text, which takes a tenth of the time.
      if (JSON.stringify([cut.parts, cut.error?.code]) === expected) continue
      expect({ parts: cut.parts, code: cut.error?.code }).toEqual({ parts, code: error?.code })
    }
  })
})

test('values of the wire are given on request, each before what was made of it', async () => {
  const stream = fixtures.find(({ name }) => name.startsWith('vLLM chat: stop'))!
  const { parts } = decode(await prepared(stream, true), [stream.bytes])
  const shown = (includeRaw: boolean): readonly ModelPart[] => {
    const view = new ModelParts(includeRaw)
    return parts.flatMap((part) => view.push(part))
  }
  expect(shown(false).some(({ type }) => type === 'raw')).toBe(false)
  const types = shown(true).map(({ type }) => type)
  expect(types.slice(0, 3)).toEqual(['start', 'response', 'raw'])
  expect(types.filter((type) => type === 'raw').length).toBeGreaterThan(2)
  expect(types.indexOf('text-start')).toBeGreaterThan(types.indexOf('raw'))
})
