import { readFile, rm, writeFile, mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { ListTransformJobsCommand, SageMakerClient } from '@aws-sdk/client-sagemaker'
import {
  containerError,
  demoLanguageModel,
  json,
  scripted,
  startLocalRuntime,
  type LocalRuntime,
} from '@x/sagemaker-local'
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { runCommandLine } from '../run-command-line.ts'
import { collectingContext } from '../test-support/collecting-context.ts'
import { playground } from '../test-support/run-command.ts'

// A busy machine is not a failure.
vi.setConfig({ testTimeout: 60_000 })

let runtime: LocalRuntime
let folder: string
/** How often each prompt was sent to the gated model. */
const sent = new Map<string, number>()
/** What requests wait for once this many prompts were sent, and how many wait. */
let gate = { after: Infinity, held: 0, opened: Promise.resolve() }
let open = (): void => {}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playground-batch-'))
  const gated = scripted(async (request) => {
    const { inputs } = request.json() as { inputs: string }
    const isHeld = sent.size >= gate.after
    sent.set(inputs, (sent.get(inputs) ?? 0) + 1)
    if (isHeld) {
      gate.held++
      await gate.opened
    }
    if (inputs.includes('poison')) return containerError(422, { error: 'no poison', error_type: 'validation' })
    return json({ generated_text: `after ${inputs}` })
  })
  runtime = await startLocalRuntime({
    objects: 's3',
    endpoints: {
      llm: { model: demoLanguageModel({ format: 'tgi' }), asyncPath: 's3://bucket/llm' },
      gated: { model: gated, asyncPath: 's3://bucket/gated' },
    },
  })
})
afterAll(async () => {
  await runtime?.close()
  await rm(folder, { recursive: true, force: true })
})
beforeEach(() => {
  sent.clear()
  gate = { after: Infinity, held: 0, opened: Promise.resolve() }
})

function holdAfter(count: number): void {
  gate = { after: count, held: 0, opened: new Promise((resolve) => (open = resolve)) }
}

let files = 0
async function batchOf(...lines: readonly unknown[]) {
  const name = join(folder, `${++files}`)
  const paths = { input: `${name}.in.jsonl`, output: `${name}.jsonl` }
  await writeFile(
    paths.input,
    lines.map((line) => `${typeof line === 'string' ? line : JSON.stringify(line)}\n`).join(''),
  )
  return paths
}
type Paths = Awaited<ReturnType<typeof batchOf>>

const messages = [{ role: 'user', content: 'The capital of France is' }]
const request = (id: string, url: string, body: object) => ({ custom_id: id, method: 'POST', url, body })
const prompts = (count: number) =>
  Array.from({ length: count }, (_, index) =>
    request(`p-${index}`, '/v1/completions', { prompt: `${index % 20 === 7 ? 'poison' : 'text'} ${index}` }),
  )

const engines = {
  realtime: (endpoint: string) => ['--endpoint', endpoint],
  async: (endpoint: string) => [
    '--endpoint',
    endpoint,
    '--engine',
    'async',
    '--s3-input',
    's3://bucket/in/',
    '--s3-url',
    runtime.s3!.endpoint,
  ],
  transform: (model: string) => [
    '--engine',
    'transform',
    '--sagemaker-model',
    model,
    '--instance-type',
    'ml.g5.xlarge',
    '--rows-per-shard',
    '5',
    '--concurrency',
    '4',
    '--s3-input',
    's3://bucket/in/',
    '--s3-output',
    's3://bucket/out/',
    '--s3-url',
    runtime.s3!.endpoint,
  ],
}

/** Most prompts without poison that are sent again after a kill. */
const mostSentAgain: Readonly<Record<keyof typeof engines, number>> = {
  // In flight, answered, and being written.
  realtime: 3 * 8,
  // All that were sent and are not on record as accepted.
  async: 60,
  // The transform job goes on while nobody watches it; the shards with poison are divided.
  transform: 3 * 4,
}

function argsOf({ input, output }: Paths, ...options: readonly string[]): string[] {
  return ['batch', input, '-o', output, '--url', runtime.url, '--handler', 'tgi', ...options]
}

async function batch(paths: Paths, ...options: readonly string[]) {
  const { context, written } = collectingContext()
  return { code: await runCommandLine(argsOf(paths, ...options), context), ...written }
}

const textOf = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '')

async function resultsOf({ output }: Paths): Promise<readonly Record<string, unknown>[]> {
  const lines = (await textOf(output)).trimEnd().split('\n')
  return lines.map((line) => JSON.parse(line) as Record<string, unknown>)
}

/** Which requests have an answer, and which one. */
async function outcomesOf(paths: Paths) {
  return (await resultsOf(paths)).map(({ custom_id: id, response }) => {
    const { status_code: status, body } = (response ?? {}) as { status_code?: number; body?: { choices?: unknown } }
    return { id, answered: status === 200, choices: body?.choices }
  })
}

describe('batch', () => {
  it.each(Object.entries(engines))('runs an OpenAI batch file through a TGI endpoint: %s', async (_, engine) => {
    const paths = await batchOf(
      request('chat', '/v1/chat/completions', { model: 'm', messages, max_tokens: 5 }),
      request('text', '/v1/completions', { model: 'm', prompt: 'The river Seine', max_tokens: 4 }),
      '{ "custom_id": "torn',
    )
    const { code, notes, output } = await batch(paths, ...engine('llm'), '--json')
    expect({ code, notes }).toEqual({ code: 3, notes: expect.stringMatching(/^3 rows, 1 failed \(see .+\.jsonl\), /) })
    expect(JSON.parse(output)).toMatchObject({ type: 'end', rows: 3, failed: 1, output: paths.output })
    expect(await resultsOf(paths)).toMatchObject([
      {
        custom_id: 'chat',
        error: null,
        response: { status_code: 200, body: { object: 'chat.completion', model: 'm' } },
      },
      { custom_id: 'text', error: null, response: { status_code: 200, body: { object: 'text_completion' } } },
      { response: null, error: { code: 'invalid-row', message: expect.stringContaining('line 3') } },
    ])
    const whole = await textOf(paths.output)
    const before = runtime.requests.length
    expect(await batch(paths, ...engine('llm'))).toMatchObject({
      code: 3,
      notes: expect.stringContaining('Done already: 3'),
    })
    expect(await textOf(paths.output)).toBe(whole)
    expect(runtime.requests.length).toBe(before)
  })

  it.each(Object.entries(engines))('gives the same results after a kill in the middle: %s', async (name, engine) => {
    const [disturbed, undisturbed] = [await batchOf(...prompts(60)), await batchOf(...prompts(60))]
    expect((await batch(undisturbed, ...engine('gated'))).code).toBe(3)
    sent.clear()
    holdAfter(30)
    const { child, end } = playground(argsOf(disturbed, ...engine('gated')))
    await vi.waitFor(() => expect(gate.held).toBeGreaterThan(0), { timeout: 50_000 })
    child.kill('SIGKILL')
    expect((await end).signal).toBe('SIGKILL')
    expect(await textOf(disturbed.output)).toBe('')
    open()
    const resumed = await batch(disturbed, ...engine('gated'))
    expect(resumed.code).toBe(3)
    expect(await outcomesOf(disturbed)).toEqual(await outcomesOf(undisturbed))
    const answered = (await outcomesOf(disturbed)).filter((result) => result.answered)
    expect(answered).toHaveLength(57)
    const again = [...sent].filter(([prompt, count]) => count > 1 && !prompt.includes('poison')).length
    expect(again).toBeLessThanOrEqual(mostSentAgain[name as keyof typeof engines])
  })

  it('stops the transform job at Ctrl-C with exit code 130, and goes on from there', async () => {
    const paths = await batchOf(...prompts(7))
    holdAfter(2)
    const { context, written } = collectingContext()
    const running = runCommandLine(argsOf(paths, ...engines.transform('gated')), context)
    await vi.waitFor(() => expect(gate.held).toBeGreaterThan(0), { timeout: 50_000 })
    context.interruption.interrupt()
    expect(await running).toBe(130)
    expect(written.notes).toBe('Done: 0 rows of 7. The same command goes on from there.\n')
    open()
    const client = new SageMakerClient(runtime.connection)
    const newest = new ListTransformJobsCommand({ SortBy: 'CreationTime', SortOrder: 'Descending', MaxResults: 1 })
    await vi.waitFor(async () => {
      const { TransformJobSummaries: [last] = [] } = await client.send(newest)
      expect(last?.TransformJobStatus).toBe('Stopped')
    })
    client.destroy()
    expect(await batch(paths, ...engines.transform('gated'))).toMatchObject({ code: 0 })
    expect(await outcomesOf(paths)).toHaveLength(7)
  })

  it('writes failed requests to another file on demand, and replaces no file of somebody else', async () => {
    const paths = await batchOf(...prompts(8))
    const errors = `${paths.output}.errors`
    await writeFile(paths.output, 'my notes\n')
    const refused = await batch(paths, ...engines.realtime('gated'), '--errors', errors)
    expect(refused).toMatchObject({ code: 2, notes: expect.stringContaining('choose another file, or --overwrite it') })
    expect(await textOf(paths.output)).toBe('my notes\n')
    expect((await batch(paths, ...engines.realtime('gated'), '--errors', errors, '--overwrite')).code).toBe(3)
    expect(await outcomesOf(paths)).toHaveLength(7)
    expect(JSON.parse(await textOf(errors))).toMatchObject({
      custom_id: 'p-7',
      response: { status_code: 422, body: { error: { code: 'invalid-request' } } },
    })
  })

  it('does not mix requests, and starts over with --overwrite', async () => {
    const paths = await batchOf(...prompts(3))
    expect((await batch(paths, ...engines.realtime('gated'))).code).toBe(0)
    await writeFile(paths.input, `${JSON.stringify(request('x', '/v1/completions', { prompt: 'another' }))}\n`)
    const mixed = await batch(paths, ...engines.realtime('gated'))
    expect(mixed).toMatchObject({ code: 2, notes: expect.stringMatching(/row 0 .+ To start over, give --overwrite\./) })
    expect((await batch(paths, ...engines.realtime('gated'), '--overwrite')).code).toBe(0)
    expect(await outcomesOf(paths)).toMatchObject([{ id: 'x', answered: true }])
  })

  it('ends at what concerns every request, and says what to do', async () => {
    const paths = await batchOf(...prompts(3))
    const nobody = await batch(paths, '--endpoint', 'nobody')
    expect(nobody).toMatchObject({ code: 1, notes: expect.stringContaining('endpoint-not-found') })
    expect(nobody.notes).toContain('Check the name and the region')
    expect(await textOf(paths.output)).toBe('')
  })

  it.each([
    [['-o', 'out'], 'Which requests?'],
    [['in.jsonl'], 'Give -o FILE'],
    [['-', '-o', 'out'], 'not standard input'],
    [['in.jsonl', '-o', 'in.jsonl'], 'must be different files'],
    [['/nonexistent/in.jsonl', '-o', 'out', '--local'], '/nonexistent/in.jsonl cannot be read (ENOENT)'],
    [[import.meta.filename, '-o', '/nonexistent/out', '--local'], '/nonexistent/out cannot be written (ENOENT)'],
    [
      [import.meta.filename, '-o', 'out', '--local', '--engine', 'async'],
      '--local is for --engine realtime, not async',
    ],
    [[import.meta.filename, '-o', 'out', '--engine', 'fast'], '--engine must be one of realtime, async, transform'],
    [[import.meta.filename, '-o', 'out', '--engine', 'transform'], 'needs --sagemaker-model, such as'],
    [
      [import.meta.filename, '-o', 'out', '--engine', 'transform', '--endpoint', 'x'],
      '--endpoint is for --engine realtime or async',
    ],
    [
      [import.meta.filename, '-o', 'out', '--endpoint', 'x', '--queue', 'x'],
      '--queue is for --engine async, not realtime',
    ],
    [
      [import.meta.filename, '-o', 'out', '--endpoint', 'x', '--engine', 'async', '--s3-input', 'b'],
      's3://bucket/folder/, not b',
    ],
  ])('with %j gets one sentence and exit code 2', async (args, sentence) => {
    const { context, written } = collectingContext()
    expect(await runCommandLine(['batch', ...args], context)).toBe(2)
    expect(written).toEqual({ output: '', notes: expect.stringContaining(sentence) })
  })
})
