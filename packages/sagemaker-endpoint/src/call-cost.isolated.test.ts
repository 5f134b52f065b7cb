import { json, scripted, startLocalRuntime } from '@x/sagemaker-local'
import { type Profiler, Session } from 'node:inspector/promises'
import { expect, test } from 'vitest'
import { localEndpoint } from './test-support/local-endpoint.ts'

/** The functions of this package that ran while `work` did, each with the name of its file. */
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
    const file = /packages\/sagemaker-endpoint\/src\/(?<file>.*\.ts)$/.exec(url)?.groups?.['file']
    if (file === undefined || file.includes('test')) return []
    return functions
      .filter(({ functionName, ranges }) => functionName !== '' && (ranges[0]?.count ?? 0) > 0)
      .map(({ functionName }) => `${file} ${functionName}`)
  })
}

test('a warm call runs few functions, and none for limits, slots and retries that it does not have', async () => {
  await using runtime = await startLocalRuntime({ endpoints: { it: scripted(() => json({})) } })
  const endpoint = localEndpoint(runtime, 'it')
  for (let warm = 0; warm < 3; warm++) await endpoint.invoke('{}')
  const functions = await functionsOf(() => endpoint.invoke('{}'))
  endpoint.close()
  expect(functions).toContain('call/exchange.ts send')
  expect(functions.filter((name) => /limits|governor|retry-plan|async|session/i.test(name))).toEqual([])
  expect(functions.length).toBeLessThanOrEqual(95)
})
