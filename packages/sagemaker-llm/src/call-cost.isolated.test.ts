import { demoLanguageModel, startLocalRuntime } from '@x/sagemaker-local'
import { Session, type Profiler } from 'node:inspector/promises'
import { expect, test } from 'vitest'
import { tgi } from './handlers/tgi.ts'
import { SagemakerLLM } from './sagemaker-llm.ts'

/**
 * The functions of this package, of the endpoint and of stream-core that ran while `work` did, each after its file. Those without a
 * name are left out: the test runner makes one for each export.
 */
async function functionsOf(work: () => Promise<unknown>): Promise<readonly string[]> {
  const session = new Session()
  session.connect()
  await session.post('Profiler.enable')
  await session.post('Profiler.startPreciseCoverage', { callCount: true, detailed: false })
  await session.post('Profiler.takePreciseCoverage')
  await work()
  const { result } = await session.post('Profiler.takePreciseCoverage')
  await session.post('Profiler.stopPreciseCoverage')
  session.disconnect()
  return result.flatMap(({ url, functions }: Profiler.ScriptCoverage) => {
    const file = sourceFile.exec(url)?.groups?.['file']
    if (file === undefined || file.includes('.test.')) return []
    return functions
      .filter(({ functionName, ranges }) => functionName !== '' && (ranges[0]?.count ?? 0) > 0)
      .map(({ functionName }) => `${file} ${functionName}`)
  })
}

const sourceFile = /packages\/(?<file>(?:sagemaker-llm|sagemaker-endpoint|stream-core)\/src\/.*\.ts)$/

// Each function counts once, however often it ran, constructors and initializers of fields included. Version 1 ran 174 functions of
// these packages for the same call, and 20 without a name: the 194 that half of was the goal.
test('a warm complete() runs few functions, and none for options, limits, slots and retries that it does not have', async () => {
  await using runtime = await startLocalRuntime({ endpoints: { 'my-llama': demoLanguageModel() } })
  const llm = new SagemakerLLM({
    endpointName: 'my-llama',
    region: 'us-east-1',
    endpoint: runtime.url,
    credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
    contentHandler: tgi(),
  })
  for (let warm = 0; warm < 3; warm++) await llm.complete('The sea')
  const functions = await functionsOf(() => llm.complete('The sea'))
  llm.close()
  expect(functions).toContain('sagemaker-endpoint/src/call/exchange.ts send')
  expect(functions.filter((name) => name.endsWith(' mergeOptions'))).toHaveLength(1)
  expect(functions.filter((name) => /split|Names/.test(name))).toEqual([])
  expect(functions.filter((name) => /endpoint\/.*(?:limits|governor|retry-plan|async|session)/i.test(name))).toEqual([])
  // The local runtime, in this process, uses other parts of stream-core.
  expect(functions.filter((name) => /stream-core\/.*(?:reader|response-stream|json).* \S/.test(name))).toEqual([])
  // The hash takes the place of the SDK's own, whose functions are not counted either.
  const own = functions.filter((name) => !/^stream-core\/|\/sha256\.ts /.test(name))
  expect(own.length).toBeLessThanOrEqual(174)
})
