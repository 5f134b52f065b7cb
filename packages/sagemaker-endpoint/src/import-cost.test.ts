import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'

const run = promisify(execFile)
const entry = fileURLToPath(new URL('index.ts', import.meta.url))

/** Runs a module in a process of its own; it prints one JSON value. */
async function inProcess(source: string): Promise<unknown> {
  const { stdout } = await run(process.execPath, ['--conditions=@x/source', '--input-type=module', '--eval', source])
  return JSON.parse(stdout)
}

test('importing the package loads nothing of the SDK, and the first call does', async () => {
  const loaded = await inProcess(`
    import { createRequire } from 'node:module'
    const { cache } = createRequire(import.meta.url)
    const modulesOfSdk = () => Object.keys(cache).filter((file) => /@aws-sdk|@smithy/.test(file)).length
    const { SagemakerEndpoint } = await import(${JSON.stringify(entry)})
    const endpoint = new SagemakerEndpoint({ endpointName: 'it', region: 'us-east-1', endpoint: 'http://127.0.0.1:9',
      credentials: { accessKeyId: 'a', secretAccessKey: 'b' }, retry: { maxAttempts: 1 } })
    const before = modulesOfSdk()
    await endpoint.invoke('{}').catch(() => {})
    console.log(JSON.stringify([before, modulesOfSdk() > 0]))`)
  expect(loaded).toEqual([0, true])
})
