import { StringDecoder } from 'node:string_decoder'
import { ServerSentEventDecoder } from '@x/stream-core/decoders'
import { createParser } from 'eventsource-parser'
import type { Contender } from '../measure.ts'
import type { Suite } from '../suite.ts'
import { cut, repeat } from '../workloads/cut.ts'
import { chatChunk, encode, tgiEvent, tokens } from '../workloads/model-output.ts'

type Chunks = readonly Uint8Array[]

const decoder = 'ServerSentEventDecoder'
const bestPeer = 'eventsource-parser 4 + StringDecoder'

/** Bytes to the data strings of events. Goals: against the fastest peer in each case. */
export function* serverSentEventSuites(): Iterable<Suite> {
  const tgi = tokens(2000).map(tgiEvent)
  const chat = tokens(1000).map(chatChunk)
  const cjk = tokens(2000, 'cjk').map(tgiEvent)
  const few = tgi.slice(0, 400)
  yield suite('TGI events, 1 to 2 KB chunks', tgi.length, cut(encode(tgi), 1024, 2048), 1.3)
  yield suite('chat chunks, 1 to 2 KB chunks', chat.length, cut(encode(chat), 1024, 2048), 1.3)
  yield suite('TGI events, 64 KB chunks', tgi.length, cut(encode(tgi), 65_536, 65_536), 1)
  yield suite(
    'TGI events, one event per chunk',
    tgi.length,
    tgi.map((event) => encode([event])),
    1,
  )
  yield suite('TGI events, 1 to 7 byte chunks', few.length, cut(encode(few), 1, 7), 3)
  yield suite('CJK and emoji, 1 to 2 KB chunks', cjk.length, cut(encode(cjk), 1024, 2048), 1.2)
}

const times = 25

function suite(name: string, events: number, chunks: Chunks, atLeast: number): Suite {
  return {
    name: `SSE to data strings: ${name}`,
    item: 'event',
    items: events * times,
    contenders: contenders(repeat(chunks, times)),
    ours: decoder,
    goals: [{ slower: bestPeer, faster: decoder, atLeast }],
  }
}

function contenders(chunks: Chunks): Contender[] {
  return [
    { name: 'indexOf alone (floor)', run: () => scanLines(chunks) },
    { name: decoder, run: () => decode(chunks) },
    { name: bestPeer, run: () => parse(chunks, () => new StringDecoder('utf8')) },
    { name: 'eventsource-parser 4 + TextDecoder', run: () => parse(chunks, streamingTextDecoder) },
  ]
}

/** Finds the lines and nothing more. */
function scanLines(chunks: Chunks): undefined {
  const decoder = new TextDecoder()
  for (const chunk of chunks) {
    const text = decoder.decode(chunk)
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1));
  }
}

function decode(chunks: Chunks): number {
  let length = 0
  const decoder = new ServerSentEventDecoder()
  const count = (event: { data: string }): void => void (length += event.data.length)
  for (const chunk of chunks) decoder.pushEach(chunk, count)
  decoder.flushEach(count)
  return length
}

function parse(chunks: Chunks, createDecoder: () => { write(chunk: Uint8Array): string }): number {
  let length = 0
  const parser = createParser({ onEvent: (event) => void (length += event.data.length) })
  const decoder = createDecoder()
  for (const chunk of chunks) parser.feed(decoder.write(chunk))
  return length
}

function streamingTextDecoder(): { write(chunk: Uint8Array): string } {
  const decoder = new TextDecoder()
  return { write: (chunk) => decoder.decode(chunk, { stream: true }) }
}
