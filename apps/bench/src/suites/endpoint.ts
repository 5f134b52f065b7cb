import { Agent, request } from 'node:http'
import {
  InvokeEndpointCommand,
  InvokeEndpointWithResponseStreamCommand,
  SageMakerRuntimeClient,
} from '@aws-sdk/client-sagemaker-runtime'
import { SagemakerEndpoint } from '@x/sagemaker-endpoint'
import { EventStreamDecoder } from '@x/stream-core/decoders'
import type { Contender } from '../measure.ts'
import type { Suite } from '../suite.ts'
import { startRuntimeServer } from '../workloads/start-runtime-server.ts'

const ours = 'SagemakerEndpoint'
const sdk = 'AWS SDK client'
const sdkCached = 'AWS SDK client, cacheMiddleware'
const bare = 'node:http'
const bareDecoded = 'node:http, frames decoded'

const connection = { region: 'us-east-1', credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' } }
const body = JSON.stringify({ inputs: 'x'.repeat(1000), parameters: { max_new_tokens: 64 } })

/** Calls and streams over loopback. The server is a process of its own; counted is the CPU time of this one. */
export function endpointSuites(): Suite[] {
  return [
    callSuite(300),
    streamSuite('one stream, back to back', 1, 50_000, 0),
    streamSuite('100 streams of 100 events/s', 100, 400, 10),
  ]
}

function callSuite(calls: number): Suite {
  const repeat = async (call: () => Promise<{ readonly length: number }>): Promise<number> => {
    let length = 0
    // oxlint-disable-next-line no-await-in-loop -- one call after the other is what is measured
    for (let count = 0; count < calls; count++) length += (await call()).length
    return length
  }
  const viaSdk = (name: string, config: object): Contender => {
    const client = lazily(
      async () => new SageMakerRuntimeClient({ ...connection, ...config, endpoint: await startRuntimeServer() }),
    )
    return {
      name,
      run: () =>
        repeat(async () => {
          const output = await (
            await client()
          ).send(new InvokeEndpointCommand({ EndpointName: 'it', Body: body, ContentType: 'application/json' }))
          return output.Body
        }),
    }
  }
  const endpoint = lazily(
    async () => new SagemakerEndpoint({ ...connection, endpointName: 'it', endpoint: await startRuntimeServer() }),
  )
  return {
    name: 'InvokeEndpoint, one call after the other',
    item: 'call',
    items: calls,
    contenders: [
      { name: ours, run: () => repeat(async () => (await (await endpoint()).invoke(body)).body) },
      viaSdk(sdk, {}),
      viaSdk(sdkCached, { cacheMiddleware: true }),
      {
        name: bare,
        run: () =>
          repeat(async () => {
            const chunks: Uint8Array[] = []
            for await (const chunk of await post('/endpoints/it/invocations')) chunks.push(chunk)
            return Buffer.concat(chunks)
          }),
      },
    ],
    goals: [{ slower: ours, faster: sdk, atMost: 1.15 }],
  }
}

function streamSuite(what: string, streams: number, events: number, everyMs: number): Suite {
  const endpointName = `${events}-${everyMs}`
  const all = async (read: () => Promise<number>): Promise<number> => {
    const lengths = await Promise.all(Array.from({ length: streams }, read))
    return lengths.reduce((sum, length) => sum + length, 0)
  }
  const endpoint = lazily(
    async () => new SagemakerEndpoint({ ...connection, endpointName, endpoint: await startRuntimeServer() }),
  )
  const client = lazily(
    async () =>
      new SageMakerRuntimeClient({
        ...connection,
        endpoint: await startRuntimeServer(),
        requestHandler: { httpAgent: { maxSockets: streams } },
      }),
  )
  const open = (): Promise<AsyncIterable<Uint8Array>> => post(`/endpoints/${endpointName}/invocations-response-stream`)
  const isPaced = everyMs > 0
  return {
    name: `Events over loopback: ${what}`,
    item: 'event',
    items: streams * events,
    contenders: [
      {
        name: ours,
        run: () =>
          all(async () => {
            let length = 0
            for await (const bytes of (await endpoint()).invokeStream(body)) length += bytes.length
            return length
          }),
      },
      {
        name: sdk,
        run: () =>
          all(async () => {
            let length = 0
            const command = new InvokeEndpointWithResponseStreamCommand({ EndpointName: endpointName, Body: body })
            const { Body = [] } = await (await client()).send(command)
            for await (const { PayloadPart } of Body) length += PayloadPart?.Bytes?.length ?? 0
            return length
          }),
      },
      {
        name: bareDecoded,
        run: () =>
          all(async () => {
            let length = 0
            const decoder = new EventStreamDecoder()
            for await (const chunk of await open()) decoder.pushEach(chunk, ({ payload }) => (length += payload.length))
            return length
          }),
      },
      {
        name: bare,
        run: async () => {
          const drain = async (): Promise<void> => {
            for await (const _ of await open());
          }
          await Promise.all(Array.from({ length: streams }, drain))
          return undefined
        },
      },
    ],
    // A paced stream costs what its sockets cost, whoever decodes it; back to back, decoding is all there is.
    goals: isPaced
      ? [{ slower: ours, faster: bareDecoded, atMost: 1.15 }]
      : [{ slower: sdk, faster: ours, atLeast: 4 }],
    rounds: isPaced ? 5 : undefined,
  }
}

const agent = new Agent({ keepAlive: true })

async function post(path: string): Promise<AsyncIterable<Uint8Array>> {
  const url = (await startRuntimeServer()) + path
  return new Promise((resolve, reject) => {
    request(url, { method: 'POST', agent, headers: { 'content-type': 'application/json' } }, resolve)
      .once('error', reject)
      .end(body)
  })
}

function lazily<T>(create: () => Promise<T>): () => Promise<T> {
  let created: Promise<T> | undefined
  return () => (created ??= create())
}
