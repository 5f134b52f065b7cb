import type { Readable } from 'node:stream'
import { EventStreamMarshaller } from '@smithy/core/event-streams'
import { EventStreamDecoder, EventStreamEncoder } from '@x/stream-core/decoders'
import type { Suite } from '../suite.ts'
import { cut, repeat } from '../workloads/cut.ts'
import { encode, tgiEvent, tokens } from '../workloads/model-output.ts'

type Chunks = readonly Uint8Array[]

const decoder = 'EventStreamDecoder'
const sdk = 'AWS SDK iterator'

const times = 20

/** Frames of `application/vnd.amazon.eventstream` to payloads, both checksums of each frame checked. */
export function frameSuites(): Suite[] {
  return [
    suite('one event per frame, 1 to 2 KB chunks', tokens(1000).map(tgiEvent), 1024, 2048, 4),
    // The SDK has its checksums from native code here: for long frames that is most of the work.
    suite(
      '8 KB per frame, 16 KB chunks',
      Array.from({ length: 75 }, () => 'x'.repeat(8192)),
      16_384,
      16_384,
      1,
    ),
  ]
}

function suite(name: string, payloads: readonly string[], shortest: number, longest: number, atLeast: number): Suite {
  const encoder = new EventStreamEncoder()
  const headers = {
    ':event-type': { type: 'string', value: 'PayloadPart' },
    ':content-type': { type: 'string', value: 'application/octet-stream' },
    ':message-type': { type: 'string', value: 'event' },
  } as const
  const frames = payloads.map((payload) => encoder.encode({ headers, payload: encode([payload]) }))
  const chunks = repeat(cut(new Uint8Array(Buffer.concat(frames)), shortest, longest), times)
  return {
    name: `Frames: ${name}`,
    item: 'frame',
    items: frames.length * times,
    contenders: [
      { name: decoder, run: () => decode(chunks) },
      { name: sdk, run: () => iterate(chunks) },
    ],
    ours: decoder,
    goals: [{ slower: sdk, faster: decoder, atLeast }],
  }
}

function decode(chunks: Chunks): number {
  let length = 0
  const decoder = new EventStreamDecoder()
  const count = (message: { payload: Uint8Array }): void => void (length += message.payload.length)
  for (const chunk of chunks) decoder.pushEach(chunk, count)
  decoder.flushEach(count)
  return length
}

const marshaller = new EventStreamMarshaller({
  utf8Encoder: (input) => (typeof input === 'string' ? input : new TextDecoder().decode(input)),
  utf8Decoder: (text) => new TextEncoder().encode(text),
})

type SdkEvent = Readonly<Record<string, { readonly body: Uint8Array }>>

async function iterate(chunks: Chunks): Promise<number> {
  let length = 0
  const body = (async function* () {
    yield* chunks
  })()
  // It asks for a Readable and takes any async iterable: this one costs it less than a Readable would.
  const events = marshaller.deserialize(body as unknown as Readable, async (event: SdkEvent) => event)
  for await (const event of events) {
    for (const message of Object.values(event)) length += message.body.length
  }
  return length
}
