import { SagemakerEmbedding, teiEmbedding } from '@x/sagemaker-embed'
import { JsonSequenceDecoder, LineDecoder, ServerSentEventDecoder } from '@x/stream-core/decoders'
import { sagemakerEndpoint } from '../ours/sagemaker-endpoint.ts'
import { awsSdkClient, streamWithAwsSdk } from '../peers/aws-sdk.ts'
import { readWithEventsourceParser } from '../peers/eventsource-parser.ts'
import { readWithReadline } from '../peers/readline.ts'
import { readWithSplit2 } from '../peers/split2.ts'
import type { Goal } from '../goal.ts'
import type { GrowthContender, GrowthSuite } from '../suite.ts'
import { requestBody } from '../workloads/connection.ts'
import { cut, type Chunks } from '../workloads/cut.ts'
import { decode } from '../workloads/decode.ts'
import { endpointAtHand } from '../workloads/endpoint-at-hand.ts'
import { lazily } from '../workloads/lazily.ts'
import { encode, tgiEvent, tokens } from '../workloads/model-output.ts'
import { startRuntimeServer } from '../workloads/start-runtime-server.ts'

const ignore = (): void => undefined

const readEvents = (chunks: Chunks): void => decode(new ServerSentEventDecoder(), chunks, ignore)
const readValues = (chunks: Chunks): void => decode(new JsonSequenceDecoder(), chunks, ignore)
const readEventsOfPeer = (chunks: Chunks): void => readWithEventsourceParser(chunks, 'StringDecoder', ignore)

/** How the cost grows with the work: 1 is linear, 2 means that ten times the work takes a hundred times as long. */
export function* growthSuites(): Iterable<GrowthSuite> {
  yield longLineSuite()
  yield smallChunkSuite()
  yield longStreamSuite()
  yield manyStreamsSuite()
  yield textsSuite()
}

function longLineSuite(): GrowthSuite {
  const line = (open: string, close: string) => (size: number) =>
    cut(encode([open, 'a'.repeat(size - open.length - close.length), close]), 1024, 1024)
  const bare = line('', '\n')
  const event = line('data: ', '\n\n')
  return {
    kind: 'growth',
    name: 'One line in chunks of 1 KB',
    item: 'bytes',
    sizes: [16_000, 160_000, 1_600_000],
    contenders: [
      decoding('LineDecoder', 'ours', bare, (chunks) => decode(new LineDecoder(), chunks, ignore)),
      decoding('ServerSentEventDecoder', 'ours', event, readEvents),
      decoding('JsonSequenceDecoder', 'ours', line('"', '"'), readValues),
      decoding('eventsource-parser 4', 'peer', event, readEventsOfPeer),
      decoding('readline', 'peer', bare, (chunks) => readWithReadline(chunks, ignore)),
      decoding('split2', 'peer', bare, (chunks) => readWithSplit2(chunks, ignore)),
    ],
    goals: linear('LineDecoder', 'ServerSentEventDecoder', 'JsonSequenceDecoder'),
  }
}

function smallChunkSuite(): GrowthSuite {
  // The chunks are few and come again, as the buffers of a socket do: what is measured is not how they are read from memory.
  const chunks = Array.from({ length: 256 }, (_, byte) => Uint8Array.of(byte))
  const events = (size: number): Chunks =>
    Array.from(encode(tokens(size).map(tgiEvent)), (byte) => chunks[byte] ?? Uint8Array.of(byte))
  return {
    kind: 'growth',
    name: 'TGI events in chunks of one byte',
    item: 'events',
    sizes: [10, 100, 1000],
    contenders: [
      decoding('ServerSentEventDecoder', 'ours', events, readEvents),
      decoding('JsonSequenceDecoder', 'ours', events, readValues),
      decoding('eventsource-parser 4', 'peer', events, readEventsOfPeer),
    ],
    goals: linear('ServerSentEventDecoder', 'JsonSequenceDecoder'),
  }
}

function longStreamSuite(): GrowthSuite {
  return {
    kind: 'growth',
    name: 'One stream over loopback',
    item: 'events',
    sizes: [1000, 10_000, 100_000],
    contenders: [
      {
        name: 'SagemakerEndpoint',
        role: 'ours',
        prepare: (size) => async () => {
          const endpoint = sagemakerEndpoint(await startRuntimeServer(), `${size}-0`)
          for await (const _ of endpoint.invokeStream(requestBody));
          endpoint.close()
        },
      },
      {
        name: 'AWS SDK client',
        role: 'peer',
        prepare: (size) => async () => {
          const client = awsSdkClient(await startRuntimeServer())
          for await (const _ of await streamWithAwsSdk(client, `${size}-0`));
          client.destroy()
        },
      },
    ],
    goals: linear('SagemakerEndpoint'),
  }
}

function manyStreamsSuite(): GrowthSuite {
  const endpointName = '20-0'
  const atATime = (open: () => Promise<AsyncIterable<unknown>>) => (size: number) => async (): Promise<void> => {
    const read = async (): Promise<void> => {
      for await (const _ of await open());
    }
    await Promise.all(Array.from({ length: size }, read))
  }
  const endpoint = lazily(async () => sagemakerEndpoint(await startRuntimeServer(), endpointName))
  const client = lazily(async () => awsSdkClient(await startRuntimeServer()))
  return {
    kind: 'growth',
    name: 'Streams of 20 events at a time, over loopback',
    item: 'streams',
    sizes: [5, 50, 500],
    contenders: [
      {
        name: 'SagemakerEndpoint',
        role: 'ours',
        prepare: atATime(async () => (await endpoint()).invokeStream(requestBody)),
      },
      {
        name: 'AWS SDK client',
        role: 'peer',
        prepare: atATime(async () => streamWithAwsSdk(await client(), endpointName)),
      },
    ],
    goals: linear('SagemakerEndpoint'),
  }
}

function textsSuite(): GrowthSuite {
  const batchSize = 20
  const vector = Array.from({ length: 384 }, (_, index) => Math.fround(Math.sin(index)))
  const answer = encode([JSON.stringify(Array.from({ length: batchSize }, () => vector))])
  return {
    kind: 'growth',
    name: `Texts to vectors of 384 numbers, ${batchSize} a batch, answers at hand`,
    item: 'texts',
    sizes: [100, 1000, 10_000],
    contenders: [
      {
        name: 'SagemakerEmbedding',
        role: 'ours',
        prepare: (size) => {
          const texts = Array.from({ length: size }, (_, index) => `text ${index}`)
          return async () => {
            const embedding = new SagemakerEmbedding({
              endpoint: endpointAtHand(answer),
              contentHandler: teiEmbedding(),
              embedBatchSize: batchSize,
            })
            await embedding.getTextEmbeddings(texts)
          }
        },
      },
    ],
    goals: linear('SagemakerEmbedding'),
  }
}

function decoding(
  name: string,
  role: GrowthContender['role'],
  chunksOf: (size: number) => Chunks,
  read: (chunks: Chunks) => void | Promise<void>,
): GrowthContender {
  return {
    name,
    role,
    prepare: (size) => {
      const chunks = chunksOf(size)
      return () => read(chunks)
    },
  }
}

function linear(...names: readonly string[]): Goal[] {
  return names.map((of) => ({ kind: 'exponent', of, atMost: 1.1 }))
}
