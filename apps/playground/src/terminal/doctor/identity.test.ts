import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { text } from 'node:stream/consumers'
import { demoEmbeddingModel, startLocalRuntime, type LocalRuntime } from '@x/sagemaker-local'
import { afterAll, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { runCommandLine } from '../run-command-line.ts'
import { collectingContext } from '../test-support/collecting-context.ts'

const arn = 'arn:aws:sts::123456789012:assumed-role/developer/someone'
const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY'
const answer = `<GetCallerIdentityResponse xmlns="https://sts.amazonaws.com/doc/2011-06-15/"><GetCallerIdentityResult>
<Arn>${arn}\u202E</Arn><UserId>AROA:someone</UserId><Account>123456789012</Account>
</GetCallerIdentityResult><ResponseMetadata><RequestId>1</RequestId></ResponseMetadata></GetCallerIdentityResponse>`

let folder: string
let runtime: LocalRuntime
let sts: Server
let isDown = false
/** Answered in place of what STS answers. */
let instead: { readonly body: string; readonly status: number } | undefined
const bodies: string[] = []
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'identity-'))
  await writeFile(
    join(folder, 'credentials'),
    `[work]\naws_access_key_id = AKIAEXAMPLE\naws_secret_access_key = ${secret}\n`,
  )
  runtime = await startLocalRuntime({ endpoints: { bge: demoEmbeddingModel() } })
  sts = createServer((request, response) => {
    void text(request).then((body) => {
      bodies.push(body)
      if (isDown) response.writeHead(500).end()
      else if (instead !== undefined) response.writeHead(instead.status).end(instead.body)
      else response.writeHead(200, { 'content-type': 'text/xml' }).end(answer)
    })
  }).listen(0, '127.0.0.1')
  await once(sts, 'listening')
})
afterAll(async () => {
  vi.unstubAllEnvs()
  sts.close()
  await runtime.close()
  await rm(folder, { recursive: true, force: true })
})
beforeEach(() => {
  isDown = false
  instead = undefined
  vi.unstubAllEnvs()
  // AWS, as far as this machine reaches.
  vi.stubEnv('AWS_ENDPOINT_URL_SAGEMAKER', runtime.url)
  vi.stubEnv('AWS_ENDPOINT_URL_SAGEMAKER_RUNTIME', runtime.url)
  vi.stubEnv('AWS_ENDPOINT_URL_STS', `http://127.0.0.1:${(sts.address() as AddressInfo).port}`)
  vi.stubEnv('AWS_SHARED_CREDENTIALS_FILE', join(folder, 'credentials'))
  vi.stubEnv('AWS_CONFIG_FILE', join(folder, 'config'))
  vi.stubEnv('AWS_EC2_METADATA_DISABLED', 'true')
})

async function doctor(...args: string[]): Promise<{ code: number; output: string; notes: string }> {
  const { context, written } = collectingContext()
  return { code: await runCommandLine(['doctor', ...args], context), ...written }
}

it('doctor says with which identity it calls AWS, and where the credentials come from', async () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAEXAMPLE')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', secret)
  const { code, output } = await doctor('--endpoint', 'bge', '--region', 'eu-west-1')
  expect(code).toBe(0)
  expect(output).toMatch(
    new RegExp(
      String.raw`^Identity    ${arn}\\u\{202e\}\nAWS         account 123456789012, eu-west-1, credentials from environment variables\nEndpoint    bge`,
    ),
  )
  expect(bodies.at(-1)).toContain('Action=GetCallerIdentity')
  expect(output).not.toContain(secret)
})

it('names the profile, also before the list of endpoints', async () => {
  const { code, output, notes } = await doctor('--profile', 'work', '--region', 'us-east-1')
  expect({ code, output }).toEqual({ code: 0, output: 'bge  InService\n' })
  expect(notes).toContain('AWS         account 123456789012, us-east-1, credentials from a profile (work)\n')
})

it('goes on where the identity cannot be found out', async () => {
  isDown = true
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAEXAMPLE')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', secret)
  const { code, output } = await doctor('--endpoint', 'bge', '--region', 'us-east-1', '--json')
  expect(code).toBe(0)
  expect(JSON.parse(output)).toMatchObject({
    endpoint: 'bge',
    identity: { region: 'us-east-1', source: 'environment variables', problem: expect.any(String) as unknown },
  })
  expect(output).not.toContain(secret)
})

it.each([
  ['HTML', '<html><body>Sign in</body>', 200],
  ['XML of another service', '<html><body>Sign in</body></html>', 200],
  ['JSON', '{"message":"Not Found"}', 404],
])('says that something else than STS has answered, by %s', async (_, body, status) => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIAEXAMPLE')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', secret)
  instead = { body, status }
  const { output } = await doctor('--endpoint', 'bge', '--region', 'us-east-1')
  expect(output).toMatch(/^Identity    not known: what answered is not AWS STS\./)
})

it('asks nobody about the identity for a local runtime', async () => {
  const before = bodies.length
  const { output } = await doctor('--endpoint', 'bge', '--url', runtime.url)
  expect(output).toMatch(/^Endpoint/)
  expect(bodies).toHaveLength(before)
})
