import { demoClassificationModel, demoRerankModel, demoLanguageModel, startLocalRuntime } from '@x/sagemaker-local'
import { describe, expect, it, vi } from 'vitest'
import { runCommandLine } from '../run-command-line.ts'
import { collectingContext } from '../test-support/collecting-context.ts'
import type { ContainerServer, Defect } from '../test-support/container-server.ts'
import {
  startHuggingFaceContainer,
  startOpenAIContainer,
  startTeiContainer,
  startTgiContainer,
} from '../test-support/containers.ts'
import { countCuts } from './answer-checks.ts'
import { checkNames, type CheckResult } from './finding.ts'

vi.setConfig({ testTimeout: 60_000 })

interface Report {
  readonly ok: boolean
  readonly checks: readonly CheckResult[]
  readonly handler?: string
  readonly call?: string
  readonly commandLine?: string
  readonly code?: string
}

async function check(...args: readonly string[]) {
  const { context, written } = collectingContext()
  return { code: await runCommandLine(['check', ...args], context), ...written }
}

async function report(...args: readonly string[]): Promise<Report & { readonly exitCode: number }> {
  const { code, output, notes } = await check(...args, '--json')
  expect(notes).toBe('')
  return { exitCode: code, ...(JSON.parse(output) as Report) }
}

const verdicts = ({ checks }: Report): Record<string, string> =>
  Object.fromEntries(checks.map(({ check: name, verdict }) => [name, verdict]))
const detail = ({ checks }: Report, name: string): string => checks.find((one) => one.check === name)?.detail ?? ''

describe('check --url, of containers that work', () => {
  it('OpenAI: everything passes, and the streams are cut inside events and characters', async () => {
    await using container = await startOpenAIContainer()
    const found = await report('--url', container.url)
    // How long calls take depends on the machine.
    const { load, ...others } = verdicts(found)
    expect(load).not.toBe('fail')
    expect({ load: 'pass', ...others }).toEqual(Object.fromEntries(checkNames.map((name) => [name, 'pass'])))
    expect(found.exitCode).toBe(0)
    const [, cuts, events, characters] =
      /(\d+) cuts, (\d+) .* event and (\d+) .* character/.exec(detail(found, 'cuts')) ?? []
    expect(Number(cuts)).toBeGreaterThan(50)
    expect(Number(events)).toBeGreaterThan(40)
    expect(Number(characters)).toBeGreaterThan(0)
    expect(detail(found, 'openai')).toContain('served-model')
    expect(found).toMatchObject({ handler: 'openai', call: 'chat' })
    expect(found.commandLine).toBe('npx @x/playground chat --endpoint my-endpoint --handler openai Hello')
    expect(found.code).toContain("endpointName: 'my-endpoint'")
    expect(found.code).not.toContain('127.0.0.1')
    expect(new Set(container.paths)).toEqual(new Set(['/ping', '/invocations', '/v1/models', '/v1/chat/completions']))
  })

  it('TGI', async () => {
    await using container = await startTgiContainer()
    const found = await report('--url', container.url)
    expect(found).toMatchObject({ exitCode: 0, handler: 'tgi', call: 'complete' })
    expect(detail(found, 'contract')).toContain('prompts only')
  })

  it('Hugging Face: no stream, and no token counts', async () => {
    await using container = await startHuggingFaceContainer()
    const found = await report('--url', container.url)
    expect(found).toMatchObject({ exitCode: 0, handler: 'huggingface', call: 'complete' })
    expect(verdicts(found)).toMatchObject({
      answer: 'pass',
      stream: 'pass',
      usage: 'warn',
      tools: 'skipped',
      leave: 'skipped',
    })
    expect(detail(found, 'stream')).toContain('does not stream')
  })

  it('TEI: vectors alone and in a batch, and its limit of 2 MB', async () => {
    await using container = await startTeiContainer()
    const found = await report('--url', container.url)
    expect(found).toMatchObject({ exitCode: 0, call: 'embed' })
    expect(detail(found, 'answer')).toBe('8 numbers; the same alone and in a batch')
    expect(detail(found, 'payload')).toContain('takes 1 MB, not 6 MB: 413')
    expect(verdicts(found)).toMatchObject({ stream: 'skipped', cuts: 'skipped' })
  })
})

const defects: readonly (readonly [Defect, name: string, verdict: string, words: RegExp])[] = [
  ['ping-503', 'ping', 'fail', /answers 503/],
  ['html', 'contract', 'fail', /format is not known/],
  ['empty-answer', 'answer', 'fail', /no text/],
  ['no-stream', 'stream', 'warn', /came as a whole/],
  ['late-stream', 'stream', 'warn', /held back/],
  ['broken-characters', 'cuts', 'fail', /U\+FFFD/],
  ['no-usage', 'usage', 'warn', /whole answers and streams/],
  ['no-stop', 'stop', 'warn', /ignores stop strings/],
  ['no-tools', 'tools', 'warn', /refuses tools: .*not supported/],
  ['forced-tools-only', 'tools', 'warn', /enable-auto-tool-choice.*forced by toolChoice it does/],
  ['no-json', 'json', 'warn', /does not follow the schema/],
  ['no-done', 'openai', 'warn', /\[DONE\]/],
  ['errors-500', 'errors', 'warn', /status 500/],
  ['errors-200', 'errors', 'warn', /status 200/],
  ['errors-html', 'errors', 'warn', /HTML/],
  ['errors-reset', 'errors', 'warn', /./],
  ['large-bodies-400', 'payload', 'warn', /takes 1 MB, not 6 MB: 400/],
  ['one-at-a-time', 'load', 'warn', /waits for the other/],
  ['busy', 'load', 'warn', /throttled/],
  ['hangs-when-left', 'leave', 'fail', /next call fails: timeout/],
]

describe('check --url, of containers that are broken', () => {
  it.each(defects)('%s', async (defect, name, verdict, words) => {
    await using container = await startOpenAIContainer(defect)
    const skip = defect === 'large-bodies-400' ? [] : ['--skip', 'payload']
    const timeout = defect === 'hangs-when-left' ? ['--timeout', '1'] : []
    const found = await report('--url', container.url, ...skip, ...timeout)
    expect(verdicts(found)[name]).toBe(verdict)
    expect(detail(found, name)).toMatch(words)
    const failed = found.checks.filter((one) => one.verdict === 'fail').map((one) => one.check)
    expect(failed).toEqual(verdict === 'fail' ? (defect === 'empty-answer' ? [name, 'stream'] : [name]) : [])
    expect(found.exitCode).toBe(verdict === 'fail' ? 1 : 0)
  })

  it('vectors in another order than the texts', async () => {
    await using container = await startTeiContainer('swapped-vectors')
    const found = await report('--url', container.url, '--skip', 'payload')
    expect(found.exitCode).toBe(1)
    expect(detail(found, 'answer')).toMatch(/that of the first text/)
  })

  it('nothing listens', async () => {
    const container: ContainerServer = await startOpenAIContainer()
    await container[Symbol.asyncDispose]()
    const found = await report('--url', container.url)
    expect(found.exitCode).toBe(1)
    expect(verdicts(found)).toEqual({ ping: 'fail', contract: 'fail' })
    expect(detail(found, 'ping')).toContain('nothing listens there')
  })

  it('a warning fails with --strict', async () => {
    await using container = await startOpenAIContainer('no-usage')
    expect((await check('--url', container.url, '--skip', 'payload')).code).toBe(0)
    expect((await check('--url', container.url, '--skip', 'payload', '--strict')).code).toBe(1)
  })

  it('what a container writes cannot control the terminal', async () => {
    await using container = await startOpenAIContainer('hostile')
    const { output } = await check('--url', container.url, '--skip', 'payload')
    expect(output).toContain('␛]0;pwned␇ <U+202E>')
    expect(output).not.toContain('\u001B]0')
  })
})

it('waits for a container that is starting', async () => {
  await using container = await startOpenAIContainer()
  const { port } = new URL(container.url)
  await container[Symbol.asyncDispose]()
  const checking = report('--url', `http://127.0.0.1:${port}`, '--wait', '30', '--skip', 'payload')
  // The first ping finds nobody.
  await new Promise((resolve) => setTimeout(resolve, 100))
  await using started = await startOpenAIContainer(undefined, Number(port))
  expect((await checking).exitCode).toBe(0)
  expect(started.paths[0]).toBe('/ping')
})

describe('check --endpoint', () => {
  it('calls both operations of SageMaker', async () => {
    await using runtime = await startLocalRuntime({
      endpoints: { it: demoLanguageModel({ format: 'openai', tokensPerSecond: 5000 }) },
    })
    const found = await report('--endpoint', 'it', '--url', runtime.url)
    expect(found).toMatchObject({ exitCode: 0, handler: 'openai' })
    expect(verdicts(found)).toMatchObject({
      ping: 'skipped',
      contract: 'pass',
      answer: 'pass',
      stream: 'pass',
      leave: 'pass',
    })
    expect(new Set(runtime.requests.flatMap(({ operation }) => operation ?? []))).toEqual(new Set(['invoke', 'stream']))
    expect(found.commandLine).toContain(`--endpoint it`)
  })

  it.each([
    ['rerank', demoRerankModel(), /scores \d/],
    ['classify', demoClassificationModel(), /\w+ [\d.]+, \w+ [\d.]+/],
  ] as const)('%s', async (call, model, words) => {
    await using runtime = await startLocalRuntime({ endpoints: { it: model } })
    const found = await report('--endpoint', 'it', '--url', runtime.url)
    expect(found).toMatchObject({ exitCode: 0, call })
    expect(detail(found, 'answer')).toMatch(words)
  })

  it('a given handler is used in place of what is found out', async () => {
    await using container = await startHuggingFaceContainer()
    const found = await report('--url', container.url, '--handler', 'openai', '--skip', 'payload')
    expect(found).toMatchObject({ exitCode: 1, handler: 'openai' })
    expect(detail(found, 'answer')).toContain('inputs must be provided')
  })

  it.each([
    [[], 'Give --url http://localhost:8080'],
    [['--url', 'localhost:8080'], '--url must be an address'],
    [['--url', 'http://127.0.0.1:1', '--kind', 'poem'], '--kind must be one of'],
    [['--url', 'http://127.0.0.1:1', '--skip', 'contract'], '--skip must be one of'],
    [['http://127.0.0.1:1'], 'given with --url'],
  ])('refuses %j', async (args, words) => {
    const { code, notes } = await check(...args)
    expect(code).toBe(2)
    expect(notes).toContain(words)
  })
})

it('counts cuts inside events and inside characters', () => {
  // `data: "五"` and a line feed, cut before the quote, inside the character, before the line feed and after it.
  const bytes = Buffer.from('data: "五"\ndata: 1\n')
  expect(countCuts(bytes, [6, 2, 3, 1, 8])).toEqual({ insideEvents: 3, insideCharacters: 1 })
})
