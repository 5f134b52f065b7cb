import { InvokeEndpointWithResponseStreamCommand, SageMakerRuntimeClient } from '@aws-sdk/client-sagemaker-runtime'
import { SagemakerEndpoint } from '@x/sagemaker-endpoint'
import { SagemakerLLM, tgi } from '@x/sagemaker-llm'
import { postWithNodeHttp } from '../peers/node-http.ts'
import { connection, requestBody } from './connection.ts'
import { memoryInUse } from './memory-in-use.ts'

// node --expose-gc open-streams.ts <client> <url>: prints how many bytes of heap and buffers each open stream holds.
const streams = 500
const [client = '', url = ''] = process.argv.slice(2)
const endpointName = 'waiting'

type Open = () => Promise<AsyncIterable<unknown>>

const clients: Readonly<Record<string, () => Open>> = {
  SagemakerEndpoint: () => {
    const endpoint = new SagemakerEndpoint({ ...connection, endpointName, endpoint: url })
    return async () => endpoint.invokeStream(requestBody)
  },
  SagemakerLLM: () => {
    const llm = new SagemakerLLM({
      ...connection,
      endpointName,
      endpoint: url,
      contentHandler: tgi(),
      maxNewTokens: 64,
    })
    return async () => llm.streamComplete('x'.repeat(1000))
  },
  'AWS SDK client': () => {
    const requestHandler = { httpAgent: { maxSockets: Number.POSITIVE_INFINITY } }
    const runtime = new SageMakerRuntimeClient({ ...connection, endpoint: url, requestHandler })
    return async () => {
      const command = new InvokeEndpointWithResponseStreamCommand({ EndpointName: endpointName, Body: requestBody })
      const { Body } = await runtime.send(command)
      return Body as AsyncIterable<unknown>
    }
  },
  'node:http': () => () =>
    postWithNodeHttp(`${url}/endpoints/${endpointName}/invocations-response-stream`, requestBody),
}

const open = openWith(client)

/** Kept, so that nothing of a stream can be collected while it waits for its second event. */
const waiting: unknown[] = []

// Code that is compiled and pools that are filled at the first calls belong to no stream.
await openStreams(20)
const before = await memoryInUse()
await openStreams(streams)
console.log(((await memoryInUse()) - before) / streams)
process.exit()

function openWith(name: string): Open {
  const create = clients[name]
  if (create === undefined) throw new Error(`There is no client ${JSON.stringify(name)}`)
  return create()
}

async function openStreams(count: number): Promise<void> {
  await Promise.all(
    Array.from({ length: count }, async () => {
      const iterator = (await open())[Symbol.asyncIterator]()
      await iterator.next()
      waiting.push(iterator, iterator.next())
    }),
  )
}
