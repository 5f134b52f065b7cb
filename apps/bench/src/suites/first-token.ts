import { spreadOf } from '../measuring/spread.ts'
import { sagemakerEndpoint } from '../ours/sagemaker-endpoint.ts'
import { sagemakerLLM } from '../ours/sagemaker-llm.ts'
import { awsSdkClient, streamWithAwsSdk } from '../peers/aws-sdk.ts'
import { langchainModel } from '../peers/langchain.ts'
import { streamWithNodeHttp } from '../peers/node-http.ts'
import type { Role, SampledContender, SampledSuite } from '../suite.ts'
import { prompt, requestBody } from '../workloads/connection.ts'
import { lazily } from '../workloads/lazily.ts'
import { startRuntimeServer } from '../workloads/start-runtime-server.ts'

const ours = 'SagemakerEndpoint'
const model = 'SagemakerLLM'
const sdk = 'AWS SDK client'
const langchain = 'LangChain SageMakerEndpoint'
const endpointName = '2-0'

/** From the call to the first token of a server that sends it at once: all of it is time that the client adds. */
export function* firstTokenSuites(): Iterable<SampledSuite> {
  const endpoint = lazily(async () => sagemakerEndpoint(await startRuntimeServer(), endpointName))
  const llm = lazily(async () => sagemakerLLM(await startRuntimeServer(), endpointName))
  const client = lazily(async () => awsSdkClient(await startRuntimeServer()))
  const other = lazily(async () => langchainModel(await startRuntimeServer(), endpointName))
  yield {
    kind: 'sampled',
    name: 'From the call to the first token, one call after the other',
    quantity: 'on the clock',
    unit: 'milliseconds',
    areAlternatives: true,
    rounds: 15,
    contenders: [
      contender(ours, 'ours', async () => (await endpoint()).invokeStream(requestBody)),
      contender(model, 'ours', async () => (await llm()).streamComplete(prompt)),
      contender(sdk, 'peer', async () => streamWithAwsSdk(await client(), endpointName)),
      contender(langchain, 'peer', async () => (await other()).stream(prompt)),
      contender('node:http', 'floor', async () => streamWithNodeHttp(await startRuntimeServer(), endpointName)),
    ],
    goals: [
      { kind: 'ratio', of: ours, over: sdk, atMost: 1 },
      { kind: 'ratio', of: model, over: langchain, atMost: 1 },
    ],
  }
}

const callsPerSample = 60

/** The median over some calls; each stream is read to its end, so that its connection is used again. */
function contender(name: string, role: Role, open: () => Promise<AsyncIterable<unknown>>): SampledContender {
  const sample = async (): Promise<number> => {
    const times: number[] = []
    for (let call = 0; call < callsPerSample; call++) {
      const start = performance.now()
      let isFirst = true
      // oxlint-disable-next-line no-await-in-loop -- one call after the other is what is measured
      for await (const _ of await open()) {
        if (isFirst) times.push(performance.now() - start)
        isFirst = false
      }
    }
    return spreadOf(times).median
  }
  return { name, role, sample }
}
