import type { Readable } from 'node:stream'
import { EventStreamMarshaller } from '@smithy/core/event-streams'
import { EventStreamDecoder } from '@x/stream-core/decoders'
import type { TimedSuite } from '../suite.ts'
import { sumOfLengths } from '../workloads/checksum.ts'
import { cut, repeat, type Chunks } from '../workloads/cut.ts'
import { decode } from '../workloads/decode.ts'
import { encode, tgiEvent, tokens } from '../workloads/model-output.ts'
import { payloadPartFrame } from '../workloads/payload-part-frame.ts'

const ours = 'EventStreamDecoder'
const sdk = 'AWS SDK iterator'

/** Frames of `application/vnd.amazon.eventstream` to payloads, both checksums of each frame checked. */
export function* frameSuites(): Iterable<TimedSuite> {
  const tgi = tokens(1000).map(tgiEvent)
  const long = Array.from({ length: 75 }, () => 'x'.repeat(8192))
  yield suite('one event per frame, 1 to 2 KB chunks', tgi, [1024, 2048], 20, 4)
  yield suite('one event per frame, one byte per chunk', tgi.slice(0, 100), [1, 1], 5, 2)
  // The SDK has its checksums from native code here: for long frames that is most of the work.
  yield suite('8 KB per frame, 16 KB chunks', long, [16_384, 16_384], 20, 1)
}

function suite(
  name: string,
  payloads: readonly string[],
  [shortest, longest]: readonly [number, number],
  times: number,
  atLeast: number,
): TimedSuite {
  const frames = payloads.map((payload) => payloadPartFrame(encode([payload])))
  const chunks = repeat(cut(new Uint8Array(Buffer.concat(frames)), shortest, longest), times)
  return {
    kind: 'timed',
    name: `Frames: ${name}`,
    item: 'frame',
    items: frames.length * times,
    contenders: [
      {
        name: ours,
        role: 'ours',
        run: () => sumOfLengths((take) => decode(new EventStreamDecoder(), chunks, ({ payload }) => take(payload))),
      },
      { name: sdk, role: 'peer', run: () => sumOfLengths((take) => iterate(chunks, take)) },
    ],
    goals: [{ kind: 'ratio', of: sdk, over: ours, atLeast }],
  }
}

const marshaller = new EventStreamMarshaller({
  utf8Encoder: (input) => (typeof input === 'string' ? input : new TextDecoder().decode(input)),
  utf8Decoder: (text) => new TextEncoder().encode(text),
})

type SdkEvent = Readonly<Record<string, { readonly body: Uint8Array }>>

async function iterate(chunks: Chunks, take: (payload: Uint8Array) => void): Promise<void> {
  const body = (async function* () {
    yield* chunks
  })()
  // It asks for a Readable and takes any async iterable: this one costs it less than a Readable would.
  const events = marshaller.deserialize(body as unknown as Readable, async (event: SdkEvent) => event)
  for await (const event of events) {
    for (const message of Object.values(event)) take(message.body)
  }
}
