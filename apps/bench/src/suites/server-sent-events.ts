import { ServerSentEventDecoder } from '@x/stream-core/decoders'
import { readWithEventsourceParser } from '../peers/eventsource-parser.ts'
import type { TimedSuite } from '../suite.ts'
import { sumOfLengths } from '../workloads/checksum.ts'
import { cut, repeat, type Chunks } from '../workloads/cut.ts'
import { decode } from '../workloads/decode.ts'
import { chatChunk, encode, tgiEvent, tokens } from '../workloads/model-output.ts'

const ours = 'ServerSentEventDecoder'
const bestPeer = 'eventsource-parser 4 + StringDecoder'

const chunkByChunk = 'What is left is a call per chunk, and reading the chunks from memory.'

interface Case {
  readonly name: string
  readonly events: readonly string[]
  readonly chunks: Chunks
  /** Of the time of the fastest peer. */
  readonly atLeast: number
  readonly reason?: string
}

/** Bytes to the data strings of events. */
export function* serverSentEventSuites(): Iterable<TimedSuite> {
  for (const one of cases()) yield suite(one)
}

function* cases(): Iterable<Case> {
  const tgi = tokens(2000).map(tgiEvent)
  const chat = tokens(1000).map(chatChunk)
  const cjk = tokens(2000, 'cjk').map(tgiEvent)
  const few = tgi.slice(0, 400)
  yield { name: 'TGI, 1 to 2 KB chunks', events: tgi, chunks: cut(encode(tgi), 1024, 2048), atLeast: 1.3 }
  yield { name: 'chat, 1 to 2 KB chunks', events: chat, chunks: cut(encode(chat), 1024, 2048), atLeast: 1.3 }
  yield { name: 'TGI, 64 KB chunks', events: tgi, chunks: cut(encode(tgi), 65_536, 65_536), atLeast: 1 }
  yield {
    name: 'TGI, one event per chunk',
    events: tgi,
    chunks: tgi.map((event) => encode([event])),
    atLeast: 1,
    reason:
      'Two fifths of it is the call that decodes the chunk, which both make: see "indexOf alone". Ours counts lines and bytes for errors, looks for characters that are cut, and gives the id and the reconnection time with each event.',
  }
  yield {
    name: 'TGI, 1 to 7 byte chunks',
    events: few,
    chunks: cut(encode(few), 1, 7),
    atLeast: 3,
    reason: chunkByChunk,
  }
  yield {
    name: 'TGI, one byte per chunk',
    events: few,
    chunks: cut(encode(few), 1, 1),
    atLeast: 3,
    reason: chunkByChunk,
  }
  yield { name: 'CJK and emoji, 1 to 2 KB chunks', events: cjk, chunks: cut(encode(cjk), 1024, 2048), atLeast: 1.2 }
}

function suite({ name, events, chunks, atLeast, reason }: Case): TimedSuite {
  const times = 15
  const input = repeat(chunks, times)
  const dataLengths = (read: (take: (data: string) => void) => void): number => sumOfLengths(read)
  return {
    kind: 'timed',
    name: `SSE to data strings: ${name}`,
    item: 'event',
    items: events.length * times,
    contenders: [
      {
        name: ours,
        role: 'ours',
        run: () => dataLengths((take) => decode(new ServerSentEventDecoder(), input, ({ data }) => take(data))),
      },
      {
        name: bestPeer,
        role: 'peer',
        run: () => dataLengths((take) => readWithEventsourceParser(input, 'StringDecoder', take)),
      },
      {
        name: 'eventsource-parser 4 + TextDecoder',
        role: 'peer',
        run: () => dataLengths((take) => readWithEventsourceParser(input, 'TextDecoder', take)),
      },
      // Where chunks are smaller than events, there is a faster way than to look at each of them.
      ...(chunks.length > events.length
        ? []
        : [{ name: 'indexOf alone', role: 'floor' as const, run: () => scanLines(input) }]),
    ],
    goals: [{ kind: 'ratio', of: bestPeer, over: ours, atLeast, reason }],
  }
}

/** Finds the lines and nothing more. */
function scanLines(chunks: Chunks): undefined {
  const decoder = new TextDecoder()
  for (const chunk of chunks) {
    const text = decoder.decode(chunk)
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', end + 1));
  }
}
