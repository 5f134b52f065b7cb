// Runs in the browser, from one bundled module, and in Node.js: everything here has to be there in both.
import { firstValueFrom, from, toArray } from 'rxjs'
import { fromReadableStream, jsonValues, lines, ResponseStream, serverSentEvents } from '@x/stream-core'
import {
  EventStreamDecoder,
  EventStreamEncoder,
  JsonSequenceDecoder,
  jsonSequenceDone,
  LineDecoder,
  StreamDecodeError,
} from '@x/stream-core/decoders'

const text = 'data: {"text":"日本語 😀"}\n\ndata: {"text":"é"}\r\n\r\ndata: [DONE]\n\n'

/** What the program found: the same in every runtime. */
export interface Findings {
  readonly lines: readonly string[]
  readonly values: readonly unknown[]
  readonly payloads: readonly string[]
  readonly errorCode: string | undefined
  readonly events: readonly string[]
  readonly operatorLines: readonly string[]
  readonly fromFetch: readonly unknown[]
  readonly pulled: readonly unknown[]
}

export async function runEverything(): Promise<Findings> {
  const bytes = new TextEncoder().encode(text)
  const pieces = Array.from({ length: Math.ceil(bytes.length / 3) }, (_, index) =>
    bytes.slice(3 * index, 3 * index + 3),
  )
  const write = (value: unknown): unknown => (value === jsonSequenceDone ? 'done' : value)

  const lineDecoder = new LineDecoder()
  const valueDecoder = new JsonSequenceDecoder()
  const frame = new EventStreamEncoder().encode({ headers: { a: { type: 'long', value: 1n } }, payload: bytes })
  const pulled: unknown[] = []
  const stream = ResponseStream.from(async function* () {
    yield* pieces
  }).pipeDecoder(() => new JsonSequenceDecoder())
  for await (const value of stream) pulled.push(write(value))

  return {
    lines: [...pieces.flatMap((piece) => lineDecoder.push(piece)), ...lineDecoder.flush()],
    values: [...pieces.flatMap((piece) => valueDecoder.push(piece)), ...valueDecoder.flush()].map(write),
    payloads: new EventStreamDecoder().push(frame).map(({ payload }) => new TextDecoder().decode(payload)),
    errorCode: errorOf(() => new JsonSequenceDecoder().push(new TextEncoder().encode('<html>'))),
    events: (await firstValueFrom(from(pieces).pipe(serverSentEvents(), toArray()))).map(({ data }) => data),
    operatorLines: await firstValueFrom(from(pieces).pipe(lines(), toArray())),
    fromFetch: (await firstValueFrom(fromReadableStream(bodyOf(text)).pipe(jsonValues(), toArray()))).map(write),
    pulled,
  }
}

function bodyOf(content: string): ReadableStream<Uint8Array> {
  const { body } = new Response(content)
  if (body === null) throw new Error('A response with text has a body')
  return body
}

function errorOf(run: () => unknown): string | undefined {
  try {
    run()
    return undefined
  } catch (error) {
    return StreamDecodeError.is(error) ? error.code : 'another error'
  }
}
