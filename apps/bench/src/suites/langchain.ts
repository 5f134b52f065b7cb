import { chatSagemaker } from '../ours/chat-sagemaker.ts'
import { sagemakerLLM } from '../ours/sagemaker-llm.ts'
import { langchainModel } from '../peers/langchain.ts'
import type { Role, TimedContender, TimedSuite } from '../suite.ts'
import { prompt } from '../workloads/connection.ts'
import { lazily } from '../workloads/lazily.ts'
import { startRuntimeServer } from '../workloads/start-runtime-server.ts'

const ours = 'ChatSagemaker'
const langchain = 'LangChain SageMakerEndpoint'
const model = 'SagemakerLLM, without LangChain'

/** What a call and a token cost within LangChain, on streams that its own class can read: one event in each part. */
export function* langchainSuites(): Iterable<TimedSuite> {
  yield invokeSuite()
  yield streamSuite()
}

const calls = 300

function invokeSuite(): TimedSuite {
  const endpointName = 'it'
  const chat = lazily(async () => chatSagemaker(await startRuntimeServer(), endpointName))
  const other = lazily(async () => langchainModel(await startRuntimeServer(), endpointName))
  const llm = lazily(async () => sagemakerLLM(await startRuntimeServer(), endpointName))
  return {
    kind: 'timed',
    name: 'invoke, one call after the other',
    item: 'call',
    items: calls,
    contenders: [
      callsOf(ours, 'ours', async () => (await (await chat()).invoke(prompt)).text.length),
      callsOf(langchain, 'peer', async () => (await (await other()).invoke(prompt)).length),
      callsOf(model, 'floor', async () => (await (await llm()).complete(prompt)).text.length),
    ],
    goals: [{ kind: 'ratio', of: langchain, over: ours, atLeast: 1 }],
  }
}

function callsOf(name: string, role: Role, call: () => Promise<number>): TimedContender {
  const run = async (): Promise<number> => {
    let length = 0
    // oxlint-disable-next-line no-await-in-loop -- one call after the other is what is measured
    for (let count = 0; count < calls; count++) length += await call()
    return length
  }
  return { name, role, run }
}

const events = 20_000

function streamSuite(): TimedSuite {
  const endpointName = `${events}-0`
  const chat = lazily(async () => chatSagemaker(await startRuntimeServer(), endpointName))
  const other = lazily(async () => langchainModel(await startRuntimeServer(), endpointName))
  const llm = lazily(async () => sagemakerLLM(await startRuntimeServer(), endpointName))
  return {
    kind: 'timed',
    name: 'stream, back to back',
    item: 'event',
    items: events,
    contenders: [
      streamOf(
        ours,
        'ours',
        async () => (await chat()).stream(prompt),
        ({ text }) => text,
      ),
      streamOf(
        langchain,
        'peer',
        async () => (await other()).stream(prompt),
        (text) => text,
      ),
      streamOf(
        model,
        'floor',
        async () => (await llm()).streamComplete(prompt),
        ({ delta }) => delta,
      ),
    ],
    goals: [{ kind: 'ratio', of: langchain, over: ours, atLeast: 1 }],
  }
}

function streamOf<Chunk>(
  name: string,
  role: Role,
  open: () => Promise<AsyncIterable<Chunk>>,
  textOf: (chunk: Chunk) => string,
): TimedContender {
  const run = async (): Promise<number> => {
    let length = 0
    for await (const chunk of await open()) length += textOf(chunk).length
    return length
  }
  return { name, role, run }
}
