import type { SageMakerRuntimeClientConfig } from '@aws-sdk/client-sagemaker-runtime'
import { sagemakerEndpoint } from '../ours/sagemaker-endpoint.ts'
import { sagemakerLLM } from '../ours/sagemaker-llm.ts'
import { awsSdkClient, invokeWithAwsSdk } from '../peers/aws-sdk.ts'
import { langchainModel } from '../peers/langchain.ts'
import { invokeWithNodeHttp } from '../peers/node-http.ts'
import type { TimedContender, TimedSuite } from '../suite.ts'
import { prompt, requestBody } from '../workloads/connection.ts'
import { lazily } from '../workloads/lazily.ts'
import { startRuntimeServer } from '../workloads/start-runtime-server.ts'

const endpointName = 'it'
const ours = 'SagemakerEndpoint'
const model = 'SagemakerLLM'
const sdk = 'AWS SDK client'
const langchain = 'LangChain SageMakerEndpoint'

/** What a call costs us, over loopback. The server is a separate process. */
export function* callSuites(): Iterable<TimedSuite> {
  yield byteSuite()
  yield textSuite()
}

function byteSuite(): TimedSuite {
  const endpoint = lazily(async () => sagemakerEndpoint(await startRuntimeServer(), endpointName))
  return suite(
    'InvokeEndpoint, bytes',
    [
      callsOf(ours, 'ours', async () => (await (await endpoint()).invoke(requestBody)).body.length),
      callsOf(sdk, 'peer', callAwsSdk({})),
      callsOf('AWS SDK client, cacheMiddleware', 'peer', callAwsSdk({ cacheMiddleware: true })),
      callsOf('node:http', 'floor', async () => (await callNodeHttp()).length),
    ],
    [{ kind: 'ratio', of: ours, over: sdk, atMost: 0.75 }],
  )
}

function textSuite(): TimedSuite {
  const llm = lazily(async () => sagemakerLLM(await startRuntimeServer(), endpointName))
  const other = lazily(async () => langchainModel(await startRuntimeServer(), endpointName))
  return suite(
    'InvokeEndpoint, text of a prompt',
    [
      callsOf(model, 'ours', async () => (await (await llm()).complete(prompt)).text.length),
      callsOf(langchain, 'peer', async () => (await (await other()).invoke(prompt)).length),
      callsOf('node:http + JSON.parse', 'floor', async () => {
        const [answer] = JSON.parse((await callNodeHttp()).toString()) as [{ generated_text: string }]
        return answer.generated_text.length
      }),
    ],
    [{ kind: 'ratio', of: langchain, over: model, atLeast: 1 }],
  )
}

const calls = 300

function suite(what: string, contenders: TimedContender[], goals: TimedSuite['goals']): TimedSuite {
  return { kind: 'timed', name: `${what}, one call after the other`, item: 'call', items: calls, contenders, goals }
}

function callsOf(name: string, role: TimedContender['role'], call: () => Promise<number>): TimedContender {
  const run = async (): Promise<number> => {
    let length = 0
    // oxlint-disable-next-line no-await-in-loop -- one call after the other is what is measured
    for (let count = 0; count < calls; count++) length += await call()
    return length
  }
  return { name, role, run }
}

function callAwsSdk(config: SageMakerRuntimeClientConfig): () => Promise<number> {
  const client = lazily(async () => awsSdkClient(await startRuntimeServer(), config))
  return async () => (await invokeWithAwsSdk(await client(), endpointName)).length
}

async function callNodeHttp(): Promise<Buffer> {
  const chunks: Uint8Array[] = []
  for await (const chunk of await invokeWithNodeHttp(await startRuntimeServer(), endpointName)) {
    chunks.push(chunk as Uint8Array)
  }
  return Buffer.concat(chunks)
}
