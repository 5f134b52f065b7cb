import { jsonValues } from '@x/stream-core'
import { JsonSequenceDecoder } from '@x/stream-core/decoders'
import { from } from 'rxjs'
import { readWithAiSdk } from '../peers/ai-sdk.ts'
import { readWithEventsourceParser } from '../peers/eventsource-parser.ts'
import { readWithOpenai } from '../peers/openai.ts'
import { readWithSplit2 } from '../peers/split2.ts'
import type { TimedContender, TimedSuite } from '../suite.ts'
import { sumOfLengths } from '../workloads/checksum.ts'
import { cut, repeat, type Chunks } from '../workloads/cut.ts'
import { decode } from '../workloads/decode.ts'
import { chatChunk, encode, lmiLine, tgiEvent, tokens } from '../workloads/model-output.ts'

const floor = 'JSON.parse alone'
const wholeFloor = 'decoding, indexOf and JSON.parse alone'
const ours = 'JsonSequenceDecoder'
const operator = 'jsonValues() of RxJS'
const openai = 'openai SDK'
const aiSdk = 'AI SDK'

const rules = 'The rest finds out what each line is, and keeps its place for errors.'

type TextOf = (value: unknown) => string

const tokenText: TextOf = (value) => (value as { token: { text: string } }).token.text
const chatText: TextOf = (value) => (value as { choices: [{ delta: { content: string } }] }).choices[0].delta.content

/** Bytes of a stream to the text that the model wrote. */
export function* jsonSuites(): Iterable<TimedSuite> {
  const tgi = tokens(1000).map(tgiEvent)
  const chat = tokens(1000).map(chatChunk)
  yield eventSuite('TGI, 1 to 2 KB chunks', tgi, cut(encode(tgi), 1024, 2048), tokenText, 1.15)
  // Chunks that differ in their text only need not be parsed.
  yield eventSuite('chat, 1 to 2 KB chunks', chat, cut(encode(chat), 1024, 2048), chatText, 0.7)
  const separate = chat.map((event) => encode([event]))
  yield eventSuite('chat, one event per chunk', chat, separate, chatText, 0.7)
  yield lineSuite(tokens(2500).map(lmiLine))
}

function eventSuite(
  name: string,
  events: readonly string[],
  chunks: Chunks,
  textOf: TextOf,
  atMost: number,
): TimedSuite {
  const times = 15
  const input = repeat(chunks, times)
  const documents = repeat(
    events.map((event) => event.slice('data:'.length)),
    times,
  )
  return {
    kind: 'timed',
    name: `SSE to text: ${name}`,
    item: 'event',
    items: documents.length,
    contenders: [
      ...oursAndFloors(input, documents, 'data:'.length, textOf),
      {
        name: 'eventsource-parser 4 + StringDecoder + JSON.parse',
        role: 'peer',
        run: () =>
          sumOfLengths((take) =>
            readWithEventsourceParser(input, 'StringDecoder', (data) => take(textOf(JSON.parse(data)))),
          ),
      },
      {
        name: openai,
        role: 'peer',
        run: () => sumOfLengths((take) => readWithOpenai(input, (value) => take(textOf(value)))),
      },
      {
        name: aiSdk,
        role: 'peer',
        run: () => sumOfLengths((take) => readWithAiSdk(input, (value) => take(textOf(value)))),
      },
    ],
    goals: [
      {
        kind: 'ratio',
        of: ours,
        over: floor,
        atMost,
        reason: `Bytes have to be decoded and line ends to be found before anything can be parsed: see "${wholeFloor}".`,
      },
      { kind: 'ratio', of: ours, over: wholeFloor, atMost: 1.15, reason: rules },
      { kind: 'ratio', of: operator, over: ours, atMost: 1.1 },
      { kind: 'ratio', of: openai, over: ours, atLeast: 4 },
      {
        kind: 'ratio',
        of: aiSdk,
        over: ours,
        atLeast: 5,
        reason: 'Three quarters of our time are `JSON.parse`, which both need.',
      },
    ],
  }
}

function lineSuite(lines: readonly string[]): TimedSuite {
  const times = 15
  const input = repeat(cut(encode(lines), 1024, 2048), times)
  return {
    kind: 'timed',
    name: 'JSON lines to text: LMI, 1 to 2 KB chunks',
    item: 'line',
    items: lines.length * times,
    contenders: [
      ...oursAndFloors(input, repeat(lines, times), 0, tokenText),
      {
        name: 'split2 + JSON.parse',
        role: 'peer',
        run: () =>
          sumOfLengths((take) => readWithSplit2<unknown>(input, (value) => take(tokenText(value)), JSON.parse)),
      },
    ],
    goals: [
      { kind: 'ratio', of: ours, over: floor, atMost: 1.4 },
      { kind: 'ratio', of: ours, over: wholeFloor, atMost: 1.15, reason: rules },
    ],
  }
}

function oursAndFloors(
  chunks: Chunks,
  documents: readonly string[],
  prefixLength: number,
  textOf: TextOf,
): TimedContender[] {
  return [
    {
      name: ours,
      role: 'ours',
      run: () => sumOfLengths((take) => decode(new JsonSequenceDecoder(), chunks, (value) => take(textOf(value)))),
    },
    {
      name: operator,
      role: 'ours',
      run: () =>
        sumOfLengths((take) => {
          from(chunks)
            .pipe(jsonValues())
            .subscribe((value) => take(textOf(value)))
        }),
    },
    {
      name: floor,
      role: 'floor',
      run: () =>
        sumOfLengths((take) => {
          for (const document of documents) take(textOf(JSON.parse(document)))
        }),
    },
    {
      name: wholeFloor,
      role: 'floor',
      run: () => sumOfLengths((take) => parseLines(chunks, prefixLength, (value) => take(textOf(value)))),
    },
  ]
}

/** Parses each line of text that is all ASCII, has no other line ends than LF, and holds one document a line. */
function parseLines(chunks: Chunks, prefixLength: number, take: (value: unknown) => void): void {
  const decoder = new TextDecoder()
  let rest = ''
  for (const chunk of chunks) {
    const text = decoder.decode(chunk)
    let start = 0
    for (let end = text.indexOf('\n'); end !== -1; end = text.indexOf('\n', start)) {
      const line = rest === '' ? text.slice(start, end) : rest + text.slice(start, end)
      if (line !== '') take(JSON.parse(line.slice(prefixLength)))
      rest = ''
      start = end + 1
    }
    rest += text.slice(start)
  }
}
