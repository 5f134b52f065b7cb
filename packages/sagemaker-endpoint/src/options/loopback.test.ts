import { json, scripted, startLocalRuntime } from '@x/sagemaker-local'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, test } from 'vitest'
import { SagemakerEndpoint } from '../index.ts'
import { entry, runModule } from '../test-support/run-module.ts'
import { isLoopback, withLoopbackDefaults } from './loopback.ts'

test.each([
  'http://localhost:8080',
  'https://app.localhost',
  'http://127.0.0.1:1',
  'http://127.8.9.1/base',
  'http://[::1]:8080/',
])('%s is on this machine', (url) => {
  expect(isLoopback(url)).toBe(true)
})

test.each(['http://localhost.example.com', 'http://127.0.0.1.example.com', 'http://10.0.0.1', 'localhost:80', ''])(
  '%s is not on this machine',
  (url) => {
    expect(isLoopback(url)).toBe(false)
  },
)

test('explicit values win, and another address changes nothing', () => {
  const credentials = { accessKeyId: 'mine', secretAccessKey: 'secret' }
  const endpoint = 'http://localhost:1'
  expect(withLoopbackDefaults({ endpoint, region: 'eu-west-1' })).toMatchObject({ region: 'eu-west-1' })
  expect(withLoopbackDefaults({ endpoint, credentials })).toMatchObject({ region: 'us-east-1', credentials })
  const clientOptions = { region: 'eu-west-1', credentials }
  expect(withLoopbackDefaults({ endpoint, clientOptions })).toEqual({ endpoint, clientOptions })
  expect(withLoopbackDefaults({ endpoint, clientOptions: { profile: 'mine' } })).not.toHaveProperty('region')
  expect(withLoopbackDefaults({ endpoint: 'https://example.com' })).toEqual({ endpoint: 'https://example.com' })
  expect(withLoopbackDefaults({})).toEqual({})
})

test.each(['invoke', 'openai'] as const)(
  'a local server needs neither region nor credentials, and nothing is looked up (transport %s)',
  async (transport) => {
    await using metadata = await startLocalRuntime({ endpoints: {} })
    await using runtime = await startLocalRuntime({ endpoints: { it: scripted(() => json({ fine: true })) } })
    const home = await mkdtemp(path.join(tmpdir(), 'home-'))
    const kept = Object.entries(process.env).filter(([name]) => !name.startsWith('AWS_') && name !== 'HOME')
    const environment = {
      ...Object.fromEntries(kept),
      HOME: home,
      // A metadata service that would be asked for region and credentials, if anything was looked up.
      AWS_EC2_METADATA_SERVICE_ENDPOINT: metadata.url,
    }
    const text = await runModule(
      `
      const { SagemakerEndpoint } = await import(${JSON.stringify(entry)})
      const options = { endpointName: 'it', endpoint: ${JSON.stringify(runtime.url)}, transport: ${JSON.stringify(transport)} }
      const endpoint = new SagemakerEndpoint(options)
      const { body } = await endpoint.invoke('{"messages":[]}')
      endpoint.close()
      console.log(JSON.stringify(new TextDecoder().decode(body)))`,
      environment,
    )
    expect(text).toBe('{"fine":true}')
    expect(metadata.requests).toEqual([])
    const scheme = transport === 'invoke' ? '/us-east-1/sagemaker/' : 'Bearer sagemaker-api-key-'
    expect(runtime.requests[0]?.headers['authorization']).toContain(scheme)
  },
)

test.each(['..', 'a/b', '', 'a b', 'a'.repeat(64), '\u{D800}', undefined as unknown as string, '-a', 'é'])(
  'the name %j is rejected before any call',
  (endpointName) => {
    expect(() => new SagemakerEndpoint({ endpointName })).toThrow(
      expect.objectContaining({ code: 'invalid-request', message: expect.stringContaining('endpointName') as unknown }),
    )
  },
)
