import { EventStreamDecoder, JsonSequenceDecoder } from '@x/stream-core/decoders'
import type { Goal } from '../goal.ts'
import { sagemakerEndpoint } from '../ours/sagemaker-endpoint.ts'
import { sagemakerLLM } from '../ours/sagemaker-llm.ts'
import { awsSdkClient, streamWithAwsSdk } from '../peers/aws-sdk.ts'
import { langchainModel } from '../peers/langchain.ts'
import { streamWithNodeHttp } from '../peers/node-http.ts'
import type { Role, TimedContender, TimedSuite } from '../suite.ts'
import { prompt, requestBody } from '../workloads/connection.ts'
import { lazily } from '../workloads/lazily.ts'
import { startRuntimeServer } from '../workloads/start-runtime-server.ts'

const ours = 'SagemakerEndpoint'
const model = 'SagemakerLLM'
const sdk = 'AWS SDK client'
const langchain = 'LangChain SageMakerEndpoint'
const bare = 'node:http, frames decoded'
const bareText = 'node:http, frames and JSON decoded'

interface Pace {
  readonly name: string
  readonly streams: number
  readonly events: number
  /** 0: as fast as the reader takes them. */
  readonly everyMs: number
  readonly rounds?: number
}

const fast: Pace = { name: 'one stream, back to back', streams: 1, events: 50_000, everyMs: 0 }
const paced: Pace = { name: '100 streams of 100 events/s', streams: 100, events: 400, everyMs: 10, rounds: 5 }
const idle: Pace = { name: '500 streams of 2 events/s', streams: 500, events: 10, everyMs: 500, rounds: 3 }

const pulled =
  'An event that comes alone passes six or seven promises on its way to a consumer who pulls, through objects that other streams have driven out of the cache; 2 to 5 µs are what limits of time, retries, teardown and order cost.'

const parsed =
  'Two thirds of our time are the socket, the frames and `JSON.parse`: see "node:http, frames and JSON decoded". Index, id and log probability of a token change with its text, so its event has to be parsed.'

/** Streams over loopback: the bytes of their events, and the text in them. The server is a separate process. */
export function* streamSuites(): Iterable<TimedSuite> {
  yield byteSuite(fast, [{ kind: 'ratio', of: sdk, over: ours, atLeast: 4 }])
  yield textSuite(fast, [{ kind: 'ratio', of: langchain, over: model, atLeast: 6, reason: parsed }])
  // A paced stream costs what its sockets cost, with any decoder.
  yield byteSuite(paced, [{ kind: 'ratio', of: ours, over: bare, atMost: 1.1, reason: pulled }])
  yield textSuite(paced, [{ kind: 'ratio', of: model, over: bareText, atMost: 1.15, reason: pulled }])
  yield byteSuite(idle, [{ kind: 'ratio', of: ours, over: sdk, atMost: 1 }])
}

function byteSuite(pace: Pace, goals: readonly Goal[]): TimedSuite {
  const endpointName = nameOf(pace)
  const endpoint = lazily(async () => sagemakerEndpoint(await startRuntimeServer(), endpointName))
  const client = lazily(async () => awsSdkClient(await startRuntimeServer()))
  const readOurs = async (): Promise<number> => {
    let length = 0
    for await (const bytes of (await endpoint()).invokeStream(requestBody)) length += bytes.length
    return length
  }
  const readSdk = async (): Promise<number> => {
    let length = 0
    for await (const { PayloadPart } of await streamWithAwsSdk(await client(), endpointName)) {
      length += PayloadPart?.Bytes?.length ?? 0
    }
    return length
  }
  const readBare = async (): Promise<number> => {
    let length = 0
    const decoder = new EventStreamDecoder()
    for await (const chunk of await open(endpointName)) {
      decoder.pushEach(chunk as Uint8Array, ({ payload }) => void (length += payload.length))
    }
    return length
  }
  const drain = async (): Promise<undefined> => {
    for await (const _ of await open(endpointName));
  }
  return suite('Bytes', pace, goals, [
    contender(ours, 'ours', pace, readOurs),
    contender(sdk, 'peer', pace, readSdk),
    contender(bare, 'floor', pace, readBare),
    contender('node:http', 'floor', pace, drain),
  ])
}

function textSuite(pace: Pace, goals: readonly Goal[]): TimedSuite {
  const endpointName = nameOf(pace)
  const llm = lazily(async () => sagemakerLLM(await startRuntimeServer(), endpointName))
  const other = lazily(async () => langchainModel(await startRuntimeServer(), endpointName))
  const readOurs = async (): Promise<number> => {
    let length = 0
    for await (const { delta } of (await llm()).streamComplete(prompt)) length += delta.length
    return length
  }
  const readLangchain = async (): Promise<number> => {
    let length = 0
    for await (const text of await (await other()).stream(prompt)) length += text.length
    return length
  }
  const readBare = async (): Promise<number> => {
    let length = 0
    const frames = new EventStreamDecoder()
    const values = new JsonSequenceDecoder()
    const count = (value: unknown): void => void (length += (value as { token: { text: string } }).token.text.length)
    for await (const chunk of await open(endpointName)) {
      frames.pushEach(chunk as Uint8Array, ({ payload }) => values.pushEach(payload, count))
    }
    return length
  }
  return suite('Text', pace, goals, [
    contender(model, 'ours', pace, readOurs),
    contender(langchain, 'peer', pace, readLangchain),
    contender(bareText, 'floor', pace, readBare),
  ])
}

function suite(
  what: string,
  { name, streams, events, rounds }: Pace,
  goals: readonly Goal[],
  contenders: readonly TimedContender[],
): TimedSuite {
  return { kind: 'timed', name: `${what}: ${name}`, item: 'event', items: streams * events, rounds, contenders, goals }
}

function contender(
  name: string,
  role: Role,
  { streams }: Pace,
  read: () => Promise<number | undefined>,
): TimedContender {
  const run = async (): Promise<number | undefined> => {
    const lengths = await Promise.all(Array.from({ length: streams }, read))
    return lengths.reduce<number | undefined>(
      (sum, length) => (length === undefined ? undefined : (sum ?? 0) + length),
      0,
    )
  }
  return { name, role, run }
}

function nameOf({ events, everyMs }: Pace): string {
  return `${events}-${everyMs}`
}

async function open(endpointName: string): Promise<AsyncIterable<unknown>> {
  return streamWithNodeHttp(await startRuntimeServer(), endpointName)
}
