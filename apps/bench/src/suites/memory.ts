import { execFile } from 'node:child_process'
import { promisify } from 'node:util'
import type { Role, SampledContender, SampledSuite } from '../suite.ts'
import { startRuntimeServer } from '../workloads/start-runtime-server.ts'

const ours = 'SagemakerEndpoint'
const sdk = 'AWS SDK client'

/** What an open stream holds, after garbage collection: each sample is a fresh process with 500 streams that wait for an event. */
export function* memorySuites(): Iterable<SampledSuite> {
  yield {
    kind: 'sampled',
    name: 'Memory of an open stream',
    quantity: 'heap and buffers',
    unit: 'bytes',
    rounds: 5,
    contenders: [
      contender(ours, 'ours'),
      contender('SagemakerLLM', 'ours'),
      contender(sdk, 'peer'),
      contender('node:http', 'floor'),
    ],
    goals: [{ kind: 'ratio', of: ours, over: sdk, atMost: 1.1 }],
  }
}

const run = promisify(execFile)
const program = new URL('../workloads/open-streams.ts', import.meta.url).pathname

function contender(name: string, role: Role): SampledContender {
  const sample = async (): Promise<number> => {
    const options = [...process.execArgv, '--expose-gc', program, name, await startRuntimeServer()]
    const { stdout } = await run(process.execPath, options)
    return Number(stdout)
  }
  return { name, role, sample }
}
