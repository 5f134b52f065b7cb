import { streamText } from 'ai'
import { sagemakerModel } from '../ours/sagemaker-provider.ts'
import { openaiCompatibleModel } from '../peers/ai-sdk-openai-compatible.ts'
import type { Role, TimedContender, TimedSuite } from '../suite.ts'
import { prompt } from '../workloads/connection.ts'
import { lazily } from '../workloads/lazily.ts'
import { startRuntimeServer } from '../workloads/start-runtime-server.ts'

const ours = '@x/sagemaker-ai-sdk'
const oursOnPath = '@x/sagemaker-ai-sdk, OpenAI path'
const peer = '@ai-sdk/openai-compatible'

type Model = ReturnType<typeof sagemakerModel>

interface Pace {
  readonly name: string
  readonly streams: number
  readonly events: number
  /** 0: as fast as the reader takes them. */
  readonly everyMs: number
  readonly rounds: number
}

const fast: Pace = { name: 'one stream, back to back', streams: 1, events: 20_000, everyMs: 0, rounds: 9 }
const paced: Pace = { name: '50 streams of 100 events/s', streams: 50, events: 200, everyMs: 10, rounds: 5 }

/** Streams through the AI SDK: what the provider costs, and what an application sees of it. */
export function* aiSdkSuites(): Iterable<TimedSuite> {
  yield suite('doStream', fast, readParts)
  yield suite('doStream', paced, readParts)
  yield suite('streamText', { ...fast, events: 5_000 }, readText)
}

/** The number of characters of the text in the parts of the provider. */
async function readParts(model: Model): Promise<number> {
  const { stream } = await model.doStream({ prompt: [{ role: 'user', content: [{ type: 'text', text: prompt }] }] })
  let length = 0
  for await (const part of stream) {
    if (part.type === 'error') throw part.error
    if (part.type === 'text-delta') length += part.delta.length
  }
  return length
}

/** The same of the text that an application reads. */
async function readText(model: Model): Promise<number> {
  let length = 0
  for await (const text of streamText({ model, prompt }).textStream) length += text.length
  return length
}

function suite(what: string, pace: Pace, read: (model: Model) => Promise<number>): TimedSuite {
  const { name, streams, events, everyMs, rounds } = pace
  const endpointName = `chat-${events}-${everyMs}`
  const contender = (title: string, role: Role, make: (url: string) => Model): TimedContender => {
    const model = lazily(async () => make(await startRuntimeServer()))
    const run = async (): Promise<number> => {
      const one = await model()
      const lengths = await Promise.all(Array.from({ length: streams }, () => read(one)))
      return lengths.reduce((sum, length) => sum + length, 0)
    }
    return { name: title, role, run }
  }
  return {
    kind: 'timed',
    name: `${what}: ${name}`,
    item: 'event',
    items: streams * events,
    rounds,
    contenders: [
      contender(ours, 'ours', (url) => sagemakerModel(url, endpointName, 'invoke')),
      contender(oursOnPath, 'ours', (url) => sagemakerModel(url, endpointName, 'openai')),
      contender(peer, 'peer', (url) => openaiCompatibleModel(url, endpointName)),
    ],
    goals: [{ kind: 'ratio', of: ours, over: peer, atMost: 1 }],
  }
}
