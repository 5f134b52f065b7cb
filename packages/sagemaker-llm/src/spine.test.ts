import type { ChatChunk, ConverseModelStreamOutput, ModelPart, ModelResponseMetadata } from '@x/bedrock-like-types'
import { SagemakerError } from '@x/sagemaker-endpoint'
import { readFileSync } from 'node:fs'
import { describe, expect, test, vi } from 'vitest'
import type { FixtureCase } from './__fixtures__/container-fixture.ts'
import { containerFixtures } from './__fixtures__/container-fixtures.ts'
import { saidBy, saidByEvents, saidByParts } from './__fixtures__/said.ts'
import { modelSettings } from './call/model-settings.ts'
import { prepareCall, type PreparedCall } from './call/prepared-call.ts'
import { readWholeAnswer } from './call/whole-answer.ts'
import type { ContentHandler } from './contract/content-handler.ts'
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
    if ('id' in part && /^[A-Za-z0-9]{9}$/.test(part.id ?? '') && 'index' in part)
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

/** Events whose block is not the one that is open, or the next one. */
function misplaced(events: readonly ConverseModelStreamOutput[]): readonly ConverseModelStreamOutput[] {
  let open: number | undefined
  let next = 0
  return events.filter(({ contentBlockStart, contentBlockDelta, contentBlockStop }) => {
    const index = (contentBlockStart ?? contentBlockDelta ?? contentBlockStop)?.contentBlockIndex
    if (index === undefined) return false
    const isRight = index === open || (open === undefined && index === next)
    if (index !== open) next++
    open = contentBlockStop ? undefined : index
    return !isRight
  })
}

async function* asyncOf<T>(values: readonly T[]): AsyncGenerator<T> {
  yield* values
}

/** What is wrong with the order, the indices and the texts of parts. */
function problemsOf(parts: readonly SpinePart[]): readonly string[] {
  const problems: string[] = []
  const open = new Map<number, string>()
  const texts = new Map<number, string>()
  let blocks = 0
  let hasResponse = false
  const check = (holds: boolean, problem: string): unknown => holds || problems.push(problem)
  check(parts[0]?.type === 'start', 'the first part is not start')
  for (const [position, part] of parts.entries()) {
    if (part.type === 'response') {
      check(!hasResponse, 'two responses')
      hasResponse = true
    }
    if (part.type === 'raw' || 'index' in part) check(hasResponse, `${part.type} before response`)
    if (part.type === 'finish') check(position === parts.length - 1 && open.size === 0, 'finish is not the end')
    if (!('index' in part)) continue
    const [kind, step] = [part.type.replace(/-(start|delta|end)$/, ''), part.type.replace(/^.*-/, '')]
    if (step === 'start') {
      check(!['text', 'reasoning'].some((other) => [...open.values()].includes(other)), 'a block was not closed')
      check(part.index === blocks++, `${part.type} has the index ${part.index}`)
      open.set(part.index, kind)
    } else check(open.get(part.index) === kind, `${part.type} of no open block`)
    if (step === 'delta') {
      const added = 'text' in part ? part.text : 'input' in part ? String(part.input) : ''
      check(added !== '' && !/\p{Surrogate}/u.test(added), `a delta is ${JSON.stringify(added)}`)
      texts.set(part.index, (texts.get(part.index) ?? '') + added)
    }
    if (part.type === 'tool-call-end') check(part.inputText === (texts.get(part.index) ?? ''), 'another inputText')
    if (step === 'end') open.delete(part.index)
  }
  return problems
}

const isFailing = ({ fixture }: Stream): boolean => (fixture.errorOfStream ?? fixture.error) !== undefined

function viewsOf(parts: readonly SpinePart[]): {
  readonly chunks: readonly ChatChunk[]
  readonly events: readonly ConverseModelStreamOutput[]
  readonly collector: ResponseCollector
} {
  const view = new ChatChunks()
  const converse = new ConverseEvents({})
  const collector = new ResponseCollector()
  for (const part of parts) collector.push(part)
  return {
    chunks: parts.flatMap((part) => view.push(part)),
    events: parts.flatMap((part) => converse.push(part)),
    collector,
  }
}

describe('parts, chunks, Converse events and the whole answer agree', () => {
  test.each(fixtures.filter((stream) => !isFailing(stream)))('$name', async (stream) => {
    const { parts, error } = decode(await prepared(stream, true), [stream.bytes])
    expect({ error, problems: problemsOf(parts), last: parts.at(-1)?.type }).toEqual({
      error: undefined,
      problems: [],
      last: 'finish',
    })
    const said = saidByParts(parts)
    const { chunks, events, collector } = viewsOf(parts)
    expect(saidBy(await collect(asyncOf(chunks)))).toEqual(said)
    expect(saidBy(collector.response())).toEqual(said)
    expect({ said: saidByEvents(events), misplaced: misplaced(events) }).toEqual({ said, misplaced: [] })
    const whole = readWholeAnswer(stream.bytes, await prepared(stream, false))
    expect(saidBy(whole)).toEqual(said)
    expect(whole.message.content.flatMap(({ text }) => text ?? []).join('')).toBe(said.text)
  })
})

describe('of an answer that fails, everything that arrived comes before the error, and is in it', () => {
  test.each(fixtures.filter(isFailing))('$name', async (stream) => {
    const { parts, error } = decode(await prepared(stream, true), [stream.bytes])
    const { text } = saidByParts(parts)
    expect({ code: error?.code, problems: problemsOf(parts) }).toEqual({
      code: (stream.fixture.errorOfStream ?? stream.fixture.error)?.code,
      problems: [],
    })
    // The error has what was held back, too.
    expect(error?.partial?.text?.slice(0, text.length)).toBe(text)
    const { chunks, events, collector } = viewsOf(parts)
    expect(chunks.map(({ delta }) => delta).join('')).toBe(text)
    expect({ text: saidByEvents(events).text, misplaced: misplaced(events) }).toEqual({ text, misplaced: [] })
    expect(() => collector.response()).toThrow(/ended before/)
    const call = await prepared(stream, false)
    expect(() => readWholeAnswer(stream.bytes, call)).toThrow(error?.code)
  })
})

describe('however the bytes are cut, the same parts come, or the same error after them', () => {
  test.each([...fixtures, ...corpus])('$name', async (stream) => {
    const call = await prepared(stream, true)
    // Compared as text, which takes a tenth of the time.
    const outcomeOf = (pieces: readonly Uint8Array[]): string => {
      const { parts, error } = decode(call, pieces)
      return JSON.stringify([parts, error?.code])
    }
    const expected = outcomeOf([stream.bytes])
    const differing = [...cutsOf(stream.bytes)].map(outcomeOf).filter((outcome) => outcome !== expected)
    expect(differing.slice(0, 1)).toEqual([])
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
