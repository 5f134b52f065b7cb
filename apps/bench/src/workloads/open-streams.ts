import { sagemakerEndpoint } from '../ours/sagemaker-endpoint.ts'
import { sagemakerLLM } from '../ours/sagemaker-llm.ts'
import { awsSdkClient, streamWithAwsSdk } from '../peers/aws-sdk.ts'
import { streamWithNodeHttp } from '../peers/node-http.ts'
import { prompt, requestBody } from './connection.ts'
import { memoryInUse } from './memory-in-use.ts'

// node --expose-gc open-streams.ts <client> <url>: prints how many bytes of heap and buffers each open stream holds.
const streams = 500
const [client = '', url = ''] = process.argv.slice(2)
const endpointName = 'waiting'

type Open = () => Promise<AsyncIterable<unknown>>

const clients: Readonly<Record<string, () => Open>> = {
  SagemakerEndpoint: () => {
    const endpoint = sagemakerEndpoint(url, endpointName)
    return async () => endpoint.invokeStream(requestBody)
  },
  SagemakerLLM: () => {
    const llm = sagemakerLLM(url, endpointName)
    return async () => llm.streamComplete(prompt)
  },
  'AWS SDK client': () => {
    const runtime = awsSdkClient(url)
    return () => streamWithAwsSdk(runtime, endpointName)
  },
  'node:http': () => () => streamWithNodeHttp(url, endpointName),
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
