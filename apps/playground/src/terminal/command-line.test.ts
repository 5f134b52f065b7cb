import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  containerError,
  demoEmbeddingModel,
  demoLanguageModel,
  part,
  scripted,
  stall,
  startLocalRuntime,
  stream,
  type LocalRuntime,
} from '@x/sagemaker-local'
import { afterAll, beforeAll, describe, it, vi } from 'vitest'
import { playground } from './test-support/run-command.ts'

// A busy machine is not a failure.
vi.setConfig({ testTimeout: 60_000 })

const token = (text: string): string =>
  `data: ${JSON.stringify({ index: 1, token: { id: 1, text, logprob: 0, special: false }, generated_text: null, details: null })}\n\n`

let runtime: LocalRuntime
let folder: string
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playground-'))
  runtime = await startLocalRuntime({
    endpoints: {
      llm: demoLanguageModel(),
      embed: demoEmbeddingModel(),
      stuck: scripted(() => stream([part(token('The first words')), stall()])),
      endless: scripted(() => stream(Array.from({ length: 20_000 }, (_, index) => part(token(` word ${index}`))))),
      broken: scripted(() => stream([part(token('The first words'))])),
      refusing: scripted(() => containerError(422, { error: 'the parameter is wrong', error_type: 'validation' })),
    },
  })
})
afterAll(async () => {
  await runtime.close()
  await rm(folder, { recursive: true, force: true })
})

const at = (endpoint: string): string[] => ['--endpoint', endpoint, '--url', runtime.url]

describe.concurrent('the command line', () => {
  it('shows what there is', async ({ expect }) => {
    const [overview, command] = await Promise.all([playground(['--help']).end, playground(['embed', '--help']).end])
    expect(overview).toMatchObject({ code: 0, stderr: '' })
    expect(overview.stdout).toMatch(/chat .+\n +complete .+\n +embed .+\n +batch .+\n +doctor /)
    expect(command).toMatchObject({ code: 0, stderr: '', stdout: expect.stringContaining('--concurrency NUMBER') })
  })

  it('loads nothing for its help but itself', async ({ expect }) => {
    const coverage = join(folder, 'coverage')
    await playground(['complete', '--help'], { environment: { NODE_V8_COVERAGE: coverage } }).end
    const [file] = await readdir(coverage)
    const { result } = JSON.parse(await readFile(join(coverage, file!), 'utf8')) as { result: { url: string }[] }
    const files = result.map(({ url }) => url).filter((url) => url.startsWith('file:'))
    expect(files.some((url) => url.endsWith('/playground.ts'))).toBe(true)
    // The guard of the terminal is built into the playground.
    expect(files.filter((url) => /node_modules|packages\/(?!loopback-guard)/.test(url))).toEqual([])
    expect(files.length).toBeLessThan(18)
  })

  it('names its commands to who asks for another one', async ({ expect }) => {
    const { code, stderr } = await playground(['talk']).end
    expect({ code, stderr }).toEqual({
      code: 2,
      stderr:
        'playground: There is no command talk, but page, chat, complete, embed, batch, doctor, check, scrub. See --help.\n',
    })
  })

  it('completes a prompt: the answer on standard output, and nothing else anywhere', async ({ expect }) => {
    const args = ['complete', ...at('llm'), '--max-new-tokens', '6', '--seed', '7']
    const [argument, dash, piped] = await Promise.all([
      playground([...args, 'The capital of France is']).end,
      playground([...args, '-'], { input: 'The capital of France is\n' }).end,
      playground(args, { input: 'The capital of France is' }).end,
    ])
    expect(argument).toEqual({ code: 0, signal: null, stdout: ' Paris, and the river Seine\n', stderr: '' })
    expect([dash, piped]).toEqual([argument, argument])
  })

  it('answers one message that is piped in, as JSON lines', async ({ expect }) => {
    const args = ['chat', ...at('llm'), '--max-new-tokens', '3', '--seed', '7', '--json']
    const { code, stdout, stderr } = await playground(args, { input: 'Hello' }).end
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' })
    const events = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    expect(events.slice(0, -1).map(({ type, text }) => [type, text])).toEqual([
      ['delta', 'Hello'],
      ['delta', ','],
      ['delta', ' and'],
    ])
    expect(events.at(-1)).toMatchObject({
      type: 'end',
      text: 'Hello, and',
      stopReason: 'max_tokens',
      usage: { outputTokens: 3 },
    })
  })

  it('takes an answer as a whole, and tells more when it is asked to', async ({ expect }) => {
    const args = [
      'complete',
      ...at('llm'),
      '--max-new-tokens',
      '3',
      '--no-stream',
      '--verbose',
      'The capital of France is',
    ]
    const { code, stdout, stderr } = await playground(args).end
    expect({ code, stdout }).toEqual({ code: 0, stdout: ' Paris, and\n' })
    expect(stderr).toMatch(/^\S+ m?s in all · 3 tokens · stopped: max_tokens\n$/)
  })

  it('tells what an error means, with exit code 1; what had arrived stays', async ({ expect }) => {
    const [refused, broken, nobody, nowhere] = await Promise.all([
      playground(['complete', ...at('refusing'), '--json', 'Hello']).end,
      playground(['complete', ...at('broken'), 'Hello']).end,
      playground(['complete', '--endpoint', 'x', '--url', 'http://127.0.0.1:1', 'Hello']).end,
      playground(['complete', '--endpoint', 'x', 'Hello']).end,
    ])
    expect(refused.code).toBe(1)
    expect(JSON.parse(refused.stdout)).toMatchObject({ type: 'error', code: 'invalid-request', retryable: false })
    expect(refused.stderr).toContain('the parameter is wrong')
    expect(refused.stderr).toContain('npx @x/playground doctor')
    expect(broken).toMatchObject({ code: 1, stdout: 'The first words\n' })
    expect(broken.stderr).toContain('stream-interrupted')
    expect(nobody).toMatchObject({ code: 1, stdout: '' })
    expect(nobody.stderr).toContain('Nothing answers at http://127.0.0.1:1. Is it started (npx @x/sagemaker-local)')
    expect(nowhere).toMatchObject({ code: 1, stdout: '', stderr: expect.stringContaining('AWS_REGION') })
    expect(nowhere.stderr).toContain('This request was not sent')
  })

  it('colours where it is asked to, and nowhere else', async ({ expect }) => {
    const args = ['complete', ...at('refusing'), 'Hello']
    const [plain, forced, none] = await Promise.all([
      playground(args).end,
      playground(args, { environment: { FORCE_COLOR: '1' } }).end,
      playground(args, { environment: { NO_COLOR: '1' } }).end,
    ])
    expect(forced.stderr).toContain('\u001b[31mplayground:')
    expect(plain.stderr).not.toContain('\u001b')
    expect(none.stderr).toBe(plain.stderr)
  })

  it('ends without a word when nobody reads on', async ({ expect }) => {
    const { child, end } = playground(['complete', ...at('endless'), 'Hello'])
    child.stdout.once('data', () => child.stdout.destroy())
    expect(await end).toMatchObject({ code: 0, signal: null, stderr: '' })
  })

  it('ends with exit code 130 at Ctrl-C, and the request with it', async ({ expect }) => {
    const { child, end, written } = playground(['complete', ...at('stuck'), 'Hello'])
    await written('The first words')
    child.kill('SIGINT')
    expect(await end).toMatchObject({ code: 130, stdout: 'The first words\n', stderr: '' })
    const request = runtime.requests.find(({ endpointName }) => endpointName === 'stuck')
    await vi.waitFor(() => expect(request?.outcome).toBe('aborted'), { timeout: 20_000 })
  })

  it('has its own demo models', async ({ expect }) => {
    const answer = await playground([
      'complete',
      '--local',
      '--max-new-tokens',
      '4',
      '--seed',
      '1',
      'The capital of France is',
    ]).end
    expect(answer).toEqual({ code: 0, signal: null, stdout: ' Paris, and the\n', stderr: '' })
  })
})
