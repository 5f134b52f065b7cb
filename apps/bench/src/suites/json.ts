import { StringDecoder } from 'node:string_decoder'
import { JsonSequenceDecoder } from '@x/stream-core/decoders'
import { jsonValues } from '@x/stream-core'
import { createParser } from 'eventsource-parser'
import { from } from 'rxjs'
import split2 from 'split2'
import type { Contender } from '../measure.ts'
import type { Suite } from '../suite.ts'
import { cut, repeat } from '../workloads/cut.ts'
import { chatChunk, encode, lmiLine, tgiEvent, tokens } from '../workloads/model-output.ts'

type Chunks = readonly Uint8Array[]
const times = 15

type TextOf = (value: unknown) => string

const floor = 'JSON.parse alone (floor)'
const decoder = 'JsonSequenceDecoder'
const operator = 'jsonValues() of RxJS'

const tokenText: TextOf = (value) => (value as { token: { text: string } }).token.text
const chatText: TextOf = (value) => (value as { choices: [{ delta: { content: string } }] }).choices[0].delta.content

/** Bytes of a stream to the text that the model wrote. */
export function jsonSuites(): Suite[] {
  const tgi = tokens(2000).map(tgiEvent)
  const chat = tokens(1000).map(chatChunk)
  const lmi = tokens(2500).map(lmiLine)
  return [eventSuite('TGI events', tgi, tokenText), eventSuite('chat chunks', chat, chatText), lineSuite(lmi)]
}

function eventSuite(name: string, events: readonly string[], textOf: TextOf): Suite {
  const chunks = repeat(cut(encode(events), 1024, 2048), times)
  const documents = repeat(
    events.map((event) => event.slice('data:'.length)),
    times,
  )
  return {
    name: `SSE to text: ${name}, 1 to 2 KB chunks`,
    item: 'event',
    items: events.length * times,
    contenders: [
      ...common(chunks, documents, textOf),
      { name: 'eventsource-parser 4 + StringDecoder + JSON.parse', run: () => parseEvents(chunks, textOf) },
    ],
    ours: decoder,
    goals: [
      { slower: decoder, faster: floor, atMost: 1.4 },
      { slower: operator, faster: decoder, atMost: 1.1 },
    ],
  }
}

function lineSuite(lines: readonly string[]): Suite {
  const chunks = repeat(cut(encode(lines), 1024, 2048), times)
  return {
    name: 'JSON lines to text: LMI lines, 1 to 2 KB chunks',
    item: 'line',
    items: lines.length * times,
    contenders: [
      ...common(chunks, repeat(lines, times), tokenText),
      { name: 'split2 + JSON.parse', run: () => splitLines(chunks, tokenText) },
    ],
    ours: decoder,
    goals: [{ slower: decoder, faster: floor, atMost: 1.4 }],
  }
}

function common(chunks: Chunks, documents: readonly string[], textOf: TextOf): Contender[] {
  return [
    { name: floor, run: () => documents.reduce((length, document) => length + textOf(JSON.parse(document)).length, 0) },
    { name: decoder, run: () => decode(chunks, textOf) },
    { name: operator, run: () => decodeThroughRxjs(chunks, textOf) },
  ]
}

function decode(chunks: Chunks, textOf: TextOf): number {
  let length = 0
  const decoder = new JsonSequenceDecoder()
  const count = (value: unknown): void => void (length += textOf(value).length)
  for (const chunk of chunks) decoder.pushEach(chunk, count)
  decoder.flushEach(count)
  return length
}

function decodeThroughRxjs(chunks: Chunks, textOf: TextOf): number {
  let length = 0
  from(chunks)
    .pipe(jsonValues())
    .subscribe((value) => void (length += textOf(value).length))
  return length
}

function parseEvents(chunks: Chunks, textOf: TextOf): number {
  let length = 0
  const parser = createParser({ onEvent: (event) => void (length += textOf(JSON.parse(event.data)).length) })
  const decoder = new StringDecoder('utf8')
  for (const chunk of chunks) parser.feed(decoder.write(chunk))
  return length
}

function splitLines(chunks: Chunks, textOf: TextOf): Promise<number> {
  return new Promise((resolve, reject) => {
    let length = 0
    const stream = split2(JSON.parse)
    stream.on('data', (value: unknown) => void (length += textOf(value).length))
    stream.on('end', () => resolve(length))
    stream.on('error', reject)
    for (const chunk of chunks) stream.write(chunk)
    stream.end()
  })
}
