import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Role, SampledContender, SampledSuite } from '../suite.ts'
import { startRuntimeServer } from '../workloads/start-runtime-server.ts'

const endpoint = 'SagemakerEndpoint'
const sdk = 'AWS SDK client'
const embedding = 'SagemakerEmbedding'
const parser = 'JSON.parse'

/** What is held after garbage collection. Each sample is a fresh process. */
export function* memorySuites(): Iterable<SampledSuite> {
  yield suite({
    name: 'An open stream that waits for its second event, one of 500',
    contenders: [
      streams(endpoint, 'ours'),
      streams('SagemakerLLM', 'ours'),
      streams(sdk, 'peer'),
      streams('node:http', 'floor'),
    ],
    goals: [
      {
        kind: 'ratio',
        of: endpoint,
        over: sdk,
        atMost: 1,
        reason: 'A stream keeps its time limits, what it needs for a second attempt, and what its errors say.',
      },
    ],
  })
  yield suite({
    name: 'The vectors of an answer of 1,000 x 1,024 numbers',
    contenders: [vectors(embedding, 'ours'), vectors(parser, 'peer')],
    goals: [
      {
        kind: 'ratio',
        of: embedding,
        over: parser,
        atMost: 0.5,
        reason: 'The numbers alone are 4,096 kB; each vector is an object with its own buffer.',
      },
    ],
  })
}

function suite(what: Pick<SampledSuite, 'name' | 'contenders' | 'goals'>): SampledSuite {
  return { kind: 'sampled', quantity: 'heap and buffers', unit: 'bytes', areAlternatives: true, rounds: 5, ...what }
}

function streams(name: string, role: Role): SampledContender {
  return { name, role, sample: async () => printedBy('open-streams.ts', name, await startRuntimeServer()) }
}

function vectors(name: string, role: Role): SampledContender {
  return { name, role, sample: () => printedBy('keep-vectors.ts', name) }
}

const run = promisify(execFile)

/** The number that a program of `workloads` prints. */
async function printedBy(file: string, ...programArguments: readonly string[]): Promise<number> {
  const program = new URL(`../workloads/${file}`, import.meta.url).pathname
  const { stdout } = await run(process.execPath, [...process.execArgv, '--expose-gc', program, ...programArguments])
  return Number(stdout)
}
