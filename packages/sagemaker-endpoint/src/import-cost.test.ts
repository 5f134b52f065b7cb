import { expect, test } from 'vitest'
import { entry, runModule } from './test-support/run-module.ts'

test('importing the package loads nothing of the SDK, and the first call does', async () => {
  const loaded = await runModule(`
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
