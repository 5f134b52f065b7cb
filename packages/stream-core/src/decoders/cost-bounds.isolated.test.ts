import { describe, expect, test, vi } from 'vitest'
import { countWork, watchedCrc32, watchedUtf8Slice, type Work } from '../../test-support/count-work.ts'
import { cutEvery, utf8 } from '../../test-support/cuts.ts'
import type { Decoder } from './decoder.ts'
import { EventStreamDecoder } from './event-stream/event-stream-decoder.ts'
import { EventStreamEncoder } from './event-stream/event-stream-encoder.ts'
import { JsonSequenceDecoder } from './json-sequence-decoder.ts'
import { LineDecoder } from './line-decoder.ts'
import { ServerSentEventDecoder } from './server-sent-event-decoder.ts'

// The guard of speed that needs no clock: what is done per byte and per item, as it is and hardly more.

vi.setConfig({ testTimeout: 60_000 })
vi.mock(import('./text/utf8-slice.ts'), () => watchedUtf8Slice)
vi.mock(import('./event-stream/crc32.ts'), (original) => watchedCrc32(original))

type Bounds = Partial<Record<keyof Work, number>>

interface Case {
  readonly create: () => Decoder<Uint8Array, unknown>
  /** The bytes of one item that holds this text. */
  readonly encode: (text: string) => Uint8Array
  /** Most that is done per byte of input. What is not named is not done at all. */
  readonly perByte: Bounds
  /** The same, for one giant item, where that is more. */
  readonly perGiantByte?: Bounds
  /** Most calls per item, when the input comes one byte at a time. */
  readonly perItem: Bounds
}

// Decoded once, searched once for LF and once for CR. Copied is what must be held of small chunks, with their last byte.
const text: Bounds = { decodedBytes: 1, searchedCharacters: 2, copiedBytes: 0.017 }
const json: Bounds = { ...text, parsedCharacters: 1 }

const token = (value: string): object => ({ index: 12, token: { id: 278, text: value, special: false } })
const tokenJson = (value: string): string => JSON.stringify(token(value))

const cases: Readonly<Record<string, Case>> = {
  LineDecoder: {
    create: () => new LineDecoder(),
    encode: (value) => utf8(`${tokenJson(value)}\n`),
    perByte: text,
    perItem: { decodings: 1 },
  },
  'LineDecoder, CRLF': {
    create: () => new LineDecoder(),
    encode: (value) => utf8(`${tokenJson(value)}\r\n`),
    perByte: { ...text, inspectedCharacters: 0.03 },
    perItem: { decodings: 2 },
  },
  "LineDecoder, newline 'lf'": {
    create: () => new LineDecoder({ newline: 'lf' }),
    encode: (value) => utf8(`${tokenJson(value)}\n`),
    perByte: text,
    perItem: { decodings: 1 },
  },
  ServerSentEventDecoder: {
    create: () => new ServerSentEventDecoder(),
    encode: (value) => utf8(`data: ${tokenJson(value)}\n\n`),
    perByte: { ...text, inspectedCharacters: 0.12 },
    perItem: { decodings: 2 },
  },
  'ServerSentEventDecoder, CRLF': {
    create: () => new ServerSentEventDecoder(),
    encode: (value) => utf8(`data: ${tokenJson(value)}\r\n\r\n`),
    perByte: { ...text, inspectedCharacters: 0.14 },
    perItem: { decodings: 4 },
  },
  'JsonSequenceDecoder, events': {
    create: () => new JsonSequenceDecoder(),
    encode: (value) => utf8(`data: ${tokenJson(value)}\n\n`),
    perByte: { ...json, inspectedCharacters: 0.19 },
    perItem: { decodings: 8, parsings: 1 },
  },
  'JsonSequenceDecoder, lines': {
    create: () => new JsonSequenceDecoder(),
    encode: (value) => utf8(`${tokenJson(value)}\n`),
    perByte: { ...json, inspectedCharacters: 1.085 },
    perItem: { decodings: 70, parsings: 1 },
  },
  'JsonSequenceDecoder, no line ends': {
    create: () => new JsonSequenceDecoder(),
    encode: (value) => utf8(tokenJson(value)),
    perByte: { ...json, inspectedCharacters: 1.085 },
    perItem: { decodings: 70, parsings: 1 },
  },
  'JsonSequenceDecoder, pretty-printed': {
    create: () => new JsonSequenceDecoder(),
    encode: (value) => utf8(`${JSON.stringify(token(value), null, 2)}\n`),
    perByte: { ...json, inspectedCharacters: 1.085 },
    // The first line might have been all of it.
    perItem: { decodings: 110, parsings: 2 },
  },
  EventStreamDecoder: {
    create: () => new EventStreamDecoder(),
    encode: (value) => {
      const type = { type: 'string', value: 'PayloadPart' } as const
      return new EventStreamEncoder().encode({ headers: { ':event-type': type }, payload: utf8(tokenJson(value)) })
    },
    // A frame that was cut is copied once, its prelude twice. The checksum of the prelude is part of that of the frame.
    perByte: { copiedBytes: 1.13, allocatedBytes: 1.13, checksummedBytes: 1.08 },
    // Room for a long frame grows with what arrives of it.
    perGiantByte: { copiedBytes: 1.9, allocatedBytes: 1.9, checksummedBytes: 1.08 },
    perItem: {},
  },
}

const tokens = [' the', ' of', ' endpoint', ',', ' stream', '\n', ' "quoted"', ' answers']

function stream(encode: Case['encode'], items: number): Uint8Array[] {
  const encoded = tokens.map((value) => encode(value))
  return Array.from({ length: items }, (_, index) => encoded[index % tokens.length]!)
}

const join = (chunks: readonly Uint8Array[]): Uint8Array => Uint8Array.from(Buffer.concat(chunks))
const giant = (encode: Case['encode'], length: number): Uint8Array => encode('a'.repeat(length))

/** The ways in which an input comes, each with its number of items. */
const inputs: Readonly<Record<string, (encode: Case['encode']) => { chunks: Uint8Array[]; items: number }>> = {
  'one item per chunk': (encode) => ({ chunks: stream(encode, 2000), items: 2000 }),
  'chunks of 64 KB': (encode) => ({ chunks: cutEvery(join(stream(encode, 4000)), 65_536), items: 4000 }),
  'one byte at a time': (encode) => ({ chunks: cutEvery(join(stream(encode, 400)), 1), items: 400 }),
  'one giant item': (encode) => ({ chunks: cutEvery(giant(encode, 400_000), 1024), items: 1 }),
}

function workOf({ create }: Case, chunks: readonly Uint8Array[]): { work: Work; emitted: number } {
  const decoder = create()
  let emitted = 0
  const emit = (): void => void emitted++
  const work = countWork(() => {
    for (const chunk of chunks) decoder.pushEach!(chunk, emit)
    decoder.flushEach!(emit)
  })
  return { work, emitted }
}

const kindsOf = (work: Work): (keyof Work)[] => Object.keys(work) as (keyof Work)[]

/** Free of charge in each run, for what there is once per input. */
const once = 64

/** Chunks up to this length are held and decoded together. */
const heldLength = 32

/** The most that may be done for these chunks, by kind of work. */
function boundOf(kind: keyof Work, subject: Case, chunks: readonly Uint8Array[], items: number): number {
  const { perItem } = subject
  const perByte = (items === 1 ? subject.perGiantByte : undefined) ?? subject.perByte
  if (kind === 'parsings') return items * (perItem.parsings ?? 0)
  if (kind !== 'decodings') return join(chunks).length * (perByte[kind] ?? 0) + once
  if (perByte.decodedBytes === undefined) return 2
  const isHeld = (chunks[0]?.length ?? 0) <= heldLength
  // The end is decoded separately.
  return 1 + Math.min(chunks.length, isHeld ? items * (perItem.decodings ?? 0) : Infinity)
}

describe.each(Object.entries(cases))('%s', (_name, subject) => {
  test.each(Object.entries(inputs))('%s: does no more per byte and per item than it must', (_input, make) => {
    const { chunks, items } = make(subject.encode)
    const { work, emitted } = workOf(subject, chunks)
    expect(emitted).toBe(items)
    const exceeded = kindsOf(work).filter((kind) => work[kind] > boundOf(kind, subject, chunks, items))
    const inputLength = join(chunks).length
    expect(exceeded.map((kind) => `${kind}: ${work[kind]} for ${inputLength} bytes, ${items} items`)).toEqual([])
  })

  test.each([
    { size: 1, length: 10_000 },
    { size: 1024, length: 20_000 },
  ])('one giant item in chunks of $size bytes: ten times the input is ten times the work', ({ size, length }) => {
    const [less, more] = [length, 10 * length].map(
      (itemLength) => workOf(subject, cutEvery(giant(subject.encode, itemLength), size)).work,
    )
    const sum = (work: Work): number => kindsOf(work).reduce((total, kind) => total + work[kind], 0)
    expect(exponent(sum(less!), sum(more!))).toBeGreaterThan(0.97)
    const exponents = kindsOf(less!).map((kind) => [kind, exponent(less![kind], more![kind])] as const)
    const isWithinBounds = (kind: keyof Work): boolean =>
      more![kind] <= 10 * length * (subject.perGiantByte?.[kind] ?? 0) + once
    expect(exponents.filter(([kind, value]) => value > 1.02 && !isWithinBounds(kind))).toEqual([])
  })
})

/** By which power work grows with the input, from what it is for ten times the input. What there is none of does not grow. */
function exponent(less: number, more: number): number {
  return more === 0 ? 0 : Math.log10(more / Math.max(1, less))
}
