import {
  demoEmbeddingModel,
  demoLanguageModel,
  demoRerankModel,
  startLocalRuntime,
  type LocalRuntime,
} from '@x/sagemaker-local'
import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { parseConfigurationText } from '@x/configuration-file'
import { afterAll, afterEach, beforeAll, describe, expect, test, vi } from 'vitest'
import { configurationSchema } from './configuration.ts'
import { gatewayOptions } from './gateway-options.ts'
import { parseArguments } from './parse-arguments.ts'
import { requestLine } from './request-line.ts'

// A busy machine is not a failure.
vi.setConfig({ testTimeout: 60_000 })

const script = fileURLToPath(new URL('../sagemaker-gateway.ts', import.meta.url))
const running = new Set<ChildProcessWithoutNullStreams>()
let runtime: LocalRuntime
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), 'sagemaker-gateway-'))
  runtime = await startLocalRuntime({
    endpoints: {
      'my-llama': demoLanguageModel({ tokensPerSecond: 50 }),
      'my-bge': demoEmbeddingModel(),
      'my-ranker': demoRerankModel(),
      'other-llama': demoLanguageModel(),
    },
  })
})
afterEach(() => {
  for (const child of running) child.kill('SIGKILL')
})
afterAll(async () => {
  await runtime?.close()
  await rm(folder, { recursive: true, force: true })
})

interface Run {
  readonly child: ChildProcessWithoutNullStreams
  readonly output: { text: string }
  readonly exit: Promise<{ code: number | null; output: string }>
}

function run(args: readonly string[], env: NodeJS.ProcessEnv = {}): Run {
  const child = spawn(process.execPath, ['--conditions=@x/source', script, ...args], {
    env: { ...process.env, ...env },
  })
  running.add(child)
  const output = { text: '' }
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (output.text += String(chunk)))
  const exit = once(child, 'close').then(([code]) => {
    running.delete(child)
    return { code: code as number | null, output: output.text }
  })
  return { child, exit, output }
}

async function urlOf({ output }: Run): Promise<string> {
  await vi.waitFor(() => expect(output.text).toContain('Try it:'), 30_000)
  return /listening on (\S+)\/v1/.exec(output.text)?.[1] ?? ''
}

async function modelNames(url: string, headers: Record<string, string> = {}): Promise<string[]> {
  const response = await fetch(`${url}/v1/models`, { headers })
  return ((await response.json()) as { data: { id: string }[] }).data.map(({ id }) => id)
}

test('serves models of the command line, logs requests without contents, and finishes streams after SIGTERM', async () => {
  const command = run([
    '--port',
    '0',
    '--endpoint',
    runtime.url,
    '--model',
    'llama=my-llama:language:tgi',
    '--model',
    'my-bge:embedding',
  ])
  const url = await urlOf(command)
  expect(await modelNames(url)).toEqual(['llama', 'my-bge'])
  const body = { model: 'llama', messages: [{ role: 'user', content: 'The sea' }], max_tokens: 10, stream: true }
  const response = await fetch(`${url}/v1/chat/completions`, { method: 'POST', body: JSON.stringify(body) })
  command.child.kill('SIGTERM')
  const text = await response.text()
  expect(text).toContain('data: [DONE]')
  const { code, output } = await command.exit
  expect(code).toBe(0)
  expect(output).toContain('Finishing 1 answers.')
  expect(output).toMatch(/^POST \/v1\/chat\/completions llama 200 stream \d+ ms, first token \d+ ms, \d+\+10 tokens$/m)
  expect(output).not.toContain('The sea')
})

test('reads its configuration again at SIGHUP, and keeps it if the new one is wrong', async () => {
  const file = path.join(folder, 'gateway.json')
  const write = (models: object, rest: object = {}): Promise<void> =>
    writeFile(file, JSON.stringify({ endpoint: runtime.url, listen: { port: 0 }, models, ...rest }))
  await write({ llama: 'my-llama' })
  const command = run(['--config', file, '--log', 'json'])
  const url = await urlOf(command)
  expect(await modelNames(url)).toEqual(['llama'])

  await write({ embed: { endpointName: 'my-bge', kind: 'embedding' } }, { apiKeys: [{ name: 'alice', key: 'secret' }] })
  command.child.kill('SIGHUP')
  await vi.waitFor(() => expect(command.output.text).toContain('SIGHUP: the configuration was read again.'), 20_000)
  expect((await fetch(`${url}/v1/models`)).status).toBe(401)
  expect(await modelNames(url, { authorization: 'Bearer secret' })).toEqual(['embed'])

  await write({ embed: { endpointName: 'my-bge', kind: 'embeding' } })
  command.child.kill('SIGHUP')
  await vi.waitFor(() => expect(command.output.text).toContain('the configuration stays as it is'), 20_000)
  expect(command.output.text).toContain('models.embed.kind must be one of language, embedding, rerank')
  expect(await modelNames(url, { authorization: 'Bearer secret' })).toEqual(['embed'])
  expect(command.output.text).toMatch(/^\{"requestId":.*"keyName":"alice"/m)
})

test('offers what discovery finds, and nothing that the pattern does not allow', async () => {
  const command = run(['--port', '0', '--endpoint', runtime.url, '--discover', 'my-*'])
  const url = await urlOf(command)
  expect((await modelNames(url)).toSorted()).toEqual(['my-bge', 'my-llama', 'my-ranker'])
  const body = { model: 'my-ranker', query: 'boats', documents: ['a boat', 'bread'] }
  const ranked = await fetch(`${url}/v1/rerank`, { method: 'POST', body: JSON.stringify(body) })
  expect(await ranked.json()).toMatchObject({ results: [{ index: 0 }, { index: 1 }] })
})

describe('a mistake gets one sentence and exit code 2', () => {
  test.each([
    [[], 'There are no models. Name one with --model'],
    [['--port', 'x'], '--port cannot be "x"'],
    [
      ['--model', 'a:poetry'],
      '--model needs <name>[=<endpoint>][:<kind>[:<handler>]] with a kind of language, embedding, rerank',
    ],
    [['--model', 'a:language:nope'], 'models.a: contentHandler: unknown name; known are auto, openai, tgi'],
    [['--model', 'a', '--host', '0.0.0.0'], 'host: other machines can reach 0.0.0.0'],
    [['--config', '/nowhere.json'], '/nowhere.json: there is no such file'],
  ])('%j', async (args, message) => {
    const { code, output } = await run(['--region', 'us-east-1', ...args]).exit
    expect(output).toContain(`sagemaker-gateway: ${message}`)
    expect(output).toContain('Try npx @x/sagemaker-gateway --help.')
    expect(code).toBe(2)
  })
})

test('--help shows options and examples, --version the version', async () => {
  const [help, version] = await Promise.all([run(['--help']).exit, run(['--version']).exit])
  expect(help).toEqual({ code: 0, output: expect.stringContaining('npx @x/sagemaker-gateway --model my-llama') })
  expect(version).toEqual({ code: 0, output: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) })
})

test.each([
  ['{ "models": { "a": {} } }', "models.a must have required property 'endpointName'"],
  ['{ "models": { "a": { "endpointName": "a b" } } }', 'models.a.endpointName must match pattern'],
  ['{ "models": { "a": { "endpointName": "a", "dimensions": 3 } } }', 'models.a has no member "dimensions"'],
  [
    '{ "models": { "a": { "endpointName": "a", "kind": "rerank", "defaults": {} } } }',
    'models.a has no member "defaults"',
  ],
  ['{ "models": { "a": { "endpointName": "a", "defaults": { "topP": 2 } } } }', 'models.a.defaults.topP must be <= 1'],
  ['{ "apiKeys": [{ "name": "a" }] }', 'apiKeys.0 must NOT have fewer than 2 properties'],
  ['{ "cors": { "origins": ["*"] } }', 'cors.origins.0 must match pattern'],
  ['{ "keepAlive": { "intervalMs": 0 } }', 'keepAlive.intervalMs must be >= 1'],
])('%s is refused with the path', (text, message) => {
  expect(() => parseConfigurationText(text, 'gateway.json', configurationSchema)).toThrow(`gateway.json:1: ${message}`)
})

test('the published schema is this one (pnpm schema:update writes it)', async () => {
  const published = await readFile(new URL('../../configuration.schema.json', import.meta.url), 'utf8')
  expect(JSON.parse(published)).toEqual(configurationSchema)
})

test('keys come from the file, from named variables and from SAGEMAKER_GATEWAY_API_KEYS', () => {
  const configuration = { apiKeys: ['plain', { name: 'bob', env: 'BOB_KEY' }] }
  const environment = { BOB_KEY: 'b', SAGEMAKER_GATEWAY_API_KEYS: 'alice:a, c' }
  expect(gatewayOptions(parseArguments([]), configuration, environment).apiKeys).toEqual([
    'plain',
    { name: 'bob', key: 'b' },
    { name: 'alice', key: 'a' },
    'c',
  ])
  expect(() => gatewayOptions(parseArguments([]), configuration, {})).toThrow(
    'apiKeys.1: the environment variable BOB_KEY',
  )
})

test('what others wrote is shown in symbols', () => {
  const record = {
    requestId: 'r',
    method: 'GET',
    path: '/\u001b]52;c\u0007',
    status: 404,
    stream: false,
    fallbacks: [],
    durationMs: 1.4,
  }
  expect(requestLine({ ...record, outcome: 'failed', errorCode: 'unknown-path' })).toBe(
    'GET /␛]52;c␇ - 404 1 ms, unknown-path',
  )
})
