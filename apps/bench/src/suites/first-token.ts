import { InvokeEndpointWithResponseStreamCommand, SageMakerRuntimeClient } from '@aws-sdk/client-sagemaker-runtime'
import { SagemakerEndpoint } from '@x/sagemaker-endpoint'
import { SagemakerLLM, tgi } from '@x/sagemaker-llm'
import { langchainModel } from '../peers/langchain.ts'
import { postWithNodeHttp } from '../peers/node-http.ts'
import { spreadOf } from '../measuring/spread.ts'
import type { Role, SampledContender, SampledSuite } from '../suite.ts'
import { connection, requestBody } from '../workloads/connection.ts'
import { lazily } from '../workloads/lazily.ts'
import { startRuntimeServer } from '../workloads/start-runtime-server.ts'

const ours = 'SagemakerEndpoint'
const model = 'SagemakerLLM'
const sdk = 'AWS SDK client'
const langchain = 'LangChain SageMakerEndpoint'
const endpointName = '2-0'
const prompt = 'x'.repeat(1000)

/** From the call to the first token of a server that sends it at once: all of it is time that the client adds. */
export function* firstTokenSuites(): Iterable<SampledSuite> {
  const endpoint = lazily(
    async () => new SagemakerEndpoint({ ...connection, endpointName, endpoint: await startRuntimeServer() }),
  )
  const llm = lazily(async () => {
    const url = await startRuntimeServer()
    return new SagemakerLLM({ ...connection, endpointName, endpoint: url, contentHandler: tgi(), maxNewTokens: 64 })
  })
  const client = lazily(async () => new SageMakerRuntimeClient({ ...connection, endpoint: await startRuntimeServer() }))
  const other = lazily(async () => langchainModel(endpointName, await startRuntimeServer(), 50))
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
      contender(sdk, 'peer', async () => {
        const command = new InvokeEndpointWithResponseStreamCommand({ EndpointName: endpointName, Body: requestBody })
        const { Body = [] } = await (await client()).send(command)
        return Body as AsyncIterable<unknown>
      }),
      contender(langchain, 'peer', async () => (await other()).stream(prompt)),
      contender('node:http', 'floor', async () =>
        postWithNodeHttp(
          `${await startRuntimeServer()}/endpoints/${endpointName}/invocations-response-stream`,
          requestBody,
        ),
      ),
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
