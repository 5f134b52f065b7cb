import {
  batch,
  fromReadableStream,
  jsonValues,
  ResponseStream,
  serverSentEvents,
  StreamDecodeError,
} from '@x/stream-core'
import { EventStreamDecoder, EventStreamEncoder, LineDecoder } from '@x/stream-core/decoders'
import { from, lastValueFrom, map, toArray } from 'rxjs'

const bytes = new TextEncoder().encode('data: {"text":"café"}\n\ndata: [DONE]\n\n')
/** Every character and every event is cut somewhere. */
const parts = Array.from(bytes, (_, index) => bytes.subarray(index, index + 1))

const events = from(parts).pipe(
  serverSentEvents(),
  map((event) => event.data),
  toArray(),
)
console.log((await lastValueFrom(events)).join(' '))

const source = new ReadableStream<Uint8Array>({
  start(controller) {
    for (const part of parts) controller.enqueue(part)
    controller.close()
  },
})
const values = fromReadableStream(source).pipe(jsonValues(), batch({ maxItems: 10 }))
console.log(String((await lastValueFrom(values)).length))

const decoder = new LineDecoder()
console.log([...parts.flatMap((part) => decoder.push(part)), ...decoder.flush()].length)

const headers = { ':event-type': { type: 'string', value: 'PayloadPart' } } as const
const [frame] = new EventStreamEncoder().push({ headers, payload: bytes })
const [message] = frame === undefined ? [] : new EventStreamDecoder().push(frame)
console.log(message?.payload.length === bytes.length)

const broken = ResponseStream.from(() => [bytes.subarray(0, 3)]).pipeDecoder(() => new EventStreamDecoder())
try {
  for await (const part of broken) console.log(part.headers)
} catch (error) {
  console.log(StreamDecodeError.is(error) && error.code)
}
