import {
  type LocalRuntime,
  type ReceivedRequest,
  scripted,
  type ScriptedAnswer,
  startLocalRuntime,
} from '@x/sagemaker-local'
import { afterAll, beforeAll } from 'vitest'

/** The endpoint `it` of a local runtime for the tests of a file. */
export interface ScriptedEndpoint {
  readonly runtime: LocalRuntime
  /** What the container answers from now on. */
  answer(script: ScriptedAnswer | ((request: ReceivedRequest) => ScriptedAnswer | Promise<ScriptedAnswer>)): void
  /** Requests since `answer` was last called. */
  readonly requests: readonly ReceivedRequest[]
  /** Bodies of those requests. */
  readonly bodies: readonly unknown[]
}

/** Starts a runtime before the tests of a file and stops it after them. */
export function scriptedEndpoint(): ScriptedEndpoint {
  let runtime: LocalRuntime
  let script: (request: ReceivedRequest) => ScriptedAnswer | Promise<ScriptedAnswer>
  let first = 0
  beforeAll(async () => {
    runtime = await startLocalRuntime({ endpoints: { it: scripted((request) => script(request)) } })
  })
  afterAll(() => runtime.close())
  return {
    get runtime() {
      return runtime
    },
    answer(given) {
      first = runtime.requests.length
      script = typeof given === 'function' ? given : () => given
    },
    get requests() {
      return runtime.requests.slice(first)
    },
    get bodies() {
      return runtime.requests.slice(first).map(({ body }) => JSON.parse(new TextDecoder().decode(body)) as unknown)
    },
  }
}
