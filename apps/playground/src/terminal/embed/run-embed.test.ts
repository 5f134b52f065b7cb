import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import {
  containerError,
  demoEmbeddingModel,
  json,
  scripted,
  serviceError,
  startLocalRuntime,
  type LocalRuntime,
} from '@x/sagemaker-local'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { runCommandLine } from '../run-command-line.ts'
import { collectingContext } from '../test-support/collecting-context.ts'
import { playground } from '../test-support/run-command.ts'

// A busy machine is not a failure.
vi.setConfig({ testTimeout: 60_000 })

/** A vector that says which text it is of. */
const vectorOf = (text: string): number[] => [text.length, text.codePointAt(0) ?? 0, 0.1]

const textsOf = (body: unknown): string[] => [(body as { inputs: string | string[] }).inputs].flat()

/** Refuses texts with a `!`, as a container does: with the whole request. */
const choosy = scripted((request) => {
  const texts = textsOf(request.json())
  if (texts.some((text) => text.includes('!')))
    return containerError(422, { error: 'no shouting', error_type: 'Validation' })
  return json(texts.map(vectorOf))
})

let runtime: LocalRuntime
let folder: string
/** What requests wait for once this many were answered. */
let gate = { after: Infinity, opened: Promise.resolve() }
let answered = 0
let isDown = false

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playground-'))
  const gated = scripted(async (request) => {
    if (answered++ >= gate.after) await gate.opened
    return choosy.answer(request)
  })
  runtime = await startLocalRuntime({
    endpoints: {
      choosy,
      gated,
      unsteady: scripted((request) => (isDown ? serviceError('InternalFailure') : choosy.answer(request))),
      tokens: demoEmbeddingModel({ format: 'huggingface' }),
      other: demoEmbeddingModel(),
    },
  })
})
afterAll(async () => {
  await runtime.close()
  await rm(folder, { recursive: true, force: true })
})

let files = 0
async function corpusOf(...lines: readonly string[]) {
  const name = join(folder, `${++files}`)
  const paths = { corpus: `${name}.in.jsonl`, output: `${name}.jsonl`, errors: `${name}.errors.jsonl` }
  await writeFile(paths.corpus, lines.map((line) => `${line}\n`).join(''))
  return paths
}

type Paths = Awaited<ReturnType<typeof corpusOf>>

const at = (endpoint: string): string[] => ['--endpoint', endpoint, '--url', runtime.url]

async function embed({ corpus, output }: Paths, endpoint: string, ...options: string[]) {
  const { context, written } = collectingContext()
  const code = await runCommandLine(['embed', corpus, '-o', output, ...at(endpoint), ...options], context)
  return { code, ...written }
}

const contentOf = (path: string): Promise<string> => readFile(path, 'utf8').catch(() => '')

const filesOf = async ({ output, errors }: Paths) => ({
  output: await contentOf(output),
  errors: await contentOf(errors),
})

/** Rows of which some are no JSON, and some are refused. */
const mixedRows = (count: number): string[] =>
  Array.from({ length: count }, (_, index) => {
    if (index % 17 === 5) return 'not JSON'
    return JSON.stringify({ id: `row-${index}`, text: `text ${index}${index % 13 === 7 ? '!' : ''} €` })
  })

describe('embed', () => {
  it('writes a vector for each row, and a row that fails where it belongs', async () => {
    const paths = await corpusOf('{"id":"a","text":"one"}', 'no JSON', '"shout!"', '{"id":4,"text":"four"}')
    const { code, output, notes } = await embed(paths, 'choosy', '--json')
    expect(code).toBe(3)
    expect(await filesOf(paths)).toEqual({
      output: '{"index":0,"id":"a","embedding":[3,111,0.1]}\n{"index":3,"id":4,"embedding":[4,102,0.1]}\n',
      errors: expect.stringMatching(
        /^\{"index":1,"line":"no JSON","error":\{"code":"invalid-row","message":"the line is not JSON"\}\}\n\{"index":2,"text":"shout!","error":\{"code":"invalid-request".+\}\}\n$/,
      ),
    })
    expect(JSON.parse(output)).toMatchObject({ type: 'end', rows: 4, failed: 2, output: paths.output })
    expect(notes).toMatch(/^4 rows, 2 failed \(see .+\.errors\.jsonl\), /)
  })

  it('reads standard input and writes standard output', async () => {
    const { context, written } = collectingContext('one\ntwo\n')
    expect(await runCommandLine(['embed', '-', '--format', 'text', ...at('choosy')], context)).toBe(0)
    expect(written.output).toBe('{"index":0,"embedding":[3,111,0.1]}\n{"index":1,"embedding":[3,116,0.1]}\n')
  })

  it('makes the same files again from whatever is left of them', async () => {
    const paths = await corpusOf(...mixedRows(60))
    await embed(paths, 'choosy', '--batch-size', '4')
    const whole = await filesOf(paths)
    const lines = (['output', 'errors'] as const).flatMap((file) =>
      whole[file]
        .split('\n')
        .slice(0, -1)
        .map((line) => ({ file, line, index: (JSON.parse(line) as { index: number }).index })),
    )
    for (const done of [0, 1, 5, 6, 23, 40, 59, 60]) {
      const left = { output: '', errors: '' }
      for (const { file, line, index } of lines) {
        if (index < done) left[file] += `${line}\n`
        // The line that was being written.
        if (index === done) left[file] += line.slice(0, 1 + ((done * 7) % line.length))
      }
      await Promise.all([writeFile(paths.output, left.output), writeFile(paths.errors, left.errors)])
      expect((await embed(paths, 'choosy', '--batch-size', '7')).code).toBe(3)
      expect(await filesOf(paths)).toEqual(whole)
    }
  })

  it('gives the same files as an undisturbed run after a kill in the middle', async () => {
    const undisturbed = await corpusOf(...mixedRows(200))
    const disturbed = await corpusOf(...mixedRows(200))
    expect((await embed(undisturbed, 'gated')).code).toBe(3)
    let open = (): void => {}
    gate = { after: answered + 30, opened: new Promise((resolve) => (open = resolve)) }
    const args = [
      'embed',
      disturbed.corpus,
      '-o',
      disturbed.output,
      ...at('gated'),
      '--batch-size',
      '5',
      '--concurrency',
      '3',
    ]
    const { child, end } = playground(args)
    await vi.waitFor(async () => expect((await contentOf(disturbed.output)).split('\n').length).toBeGreaterThan(20), {
      timeout: 50_000,
    })
    child.kill('SIGKILL')
    expect((await end).signal).toBe('SIGKILL')
    open()
    const left = (await contentOf(disturbed.output)).split('\n').length
    expect(left).toBeLessThan(180)
    const resumed = await playground(args).end
    expect(resumed.code).toBe(3)
    expect(resumed.stderr).toMatch(/^Done already: \d+ rows\. Going on from there\.\n200 rows, \d+ failed/)
    expect(await filesOf(disturbed)).toEqual(await filesOf(undisturbed))
  })

  it('ends with exit code 130 at Ctrl-C, and goes on from there', async () => {
    const paths = await corpusOf(...Array.from({ length: 50 }, (_, index) => `"text ${index}"`))
    let open = (): void => {}
    gate = { after: answered + 2, opened: new Promise((resolve) => (open = resolve)) }
    const { context, written } = collectingContext()
    const args = ['embed', paths.corpus, '-o', paths.output, ...at('gated'), '--batch-size', '5', '--concurrency', '1']
    const running = runCommandLine(args, context)
    await vi.waitFor(async () => expect((await contentOf(paths.output)).split('\n')).toHaveLength(11), {
      timeout: 50_000,
    })
    context.interruption.interrupt()
    expect(await running).toBe(130)
    expect(written.notes).toBe('Done: 10 rows. The same command goes on from there.\n')
    open()
    const again = collectingContext()
    expect(await runCommandLine(args, again.context)).toBe(0)
    expect((await contentOf(paths.output)).match(/"index":\d+/g)).toEqual(
      Array.from({ length: 50 }, (_, index) => `"index":${index}`),
    )
  })

  it('ends at what may pass, and records no row for it', async () => {
    const paths = await corpusOf('"one"', '"two"')
    isDown = true
    const { code, notes } = await embed(paths, 'unsteady')
    isDown = false
    expect(code).toBe(1)
    expect(notes).toContain('service-unavailable')
    expect(await filesOf(paths)).toEqual({ output: '', errors: '' })
    expect((await embed(paths, 'unsteady')).code).toBe(0)
  })

  it('ends when it is not the texts that are wrong, and records no row for it', async () => {
    const many = await corpusOf(...Array.from({ length: 100 }, (_, index) => `"shout ${index}!"`))
    const few = await corpusOf('"one!"', '"two!"')
    const pooling = await corpusOf('"one"')
    expect(await embed(many, 'choosy')).toMatchObject({ code: 1, notes: expect.stringContaining('invalid-request') })
    expect(await filesOf(many)).toEqual({ output: '', errors: '' })
    expect((await embed(few, 'choosy')).code).toBe(3)
    expect((await embed(many, 'choosy', '--keep-going')).code).toBe(3)
    expect(await embed(pooling, 'tokens')).toMatchObject({ code: 1, notes: expect.stringContaining('pooling') })
    expect((await embed(pooling, 'tokens', '--pooling', 'mean')).code).toBe(0)
  })

  it('touches no file of somebody else, and mixes neither corpora nor models', async () => {
    const paths = await corpusOf('{"id":"a","text":"one"}', '{"id":"b","text":"two"}')
    for (const foreign of [
      'my notes',
      'my notes\n',
      '{"index":0}\n',
      '{"index":0,"embedding":[1]}\n{"index":2,"embedding":[1]}\n',
    ]) {
      await writeFile(paths.output, foreign)
      expect(await embed(paths, 'choosy')).toMatchObject({ code: 2, notes: expect.stringContaining('--overwrite') })
      expect(await contentOf(paths.output)).toBe(foreign)
    }
    expect((await embed(paths, 'choosy', '--overwrite')).code).toBe(0)
    await writeFile(paths.corpus, '{"id":"z","text":"one"}\n{"id":"b","text":"two"}\n')
    expect(await embed(paths, 'choosy')).toMatchObject({
      code: 2,
      notes: expect.stringContaining('from another corpus: row 0'),
    })
    await writeFile(paths.corpus, '{"id":"a","text":"one"}\n')
    expect(await embed(paths, 'choosy')).toMatchObject({
      code: 2,
      notes: expect.stringContaining('2 rows are done already'),
    })
    await writeFile(paths.corpus, '{"id":"a","text":"one"}\n{"id":"b","text":"two"}\n{"id":"c","text":"three"}\n')
    expect(await embed(paths, 'other')).toMatchObject({
      code: 1,
      notes: expect.stringContaining('vectors of 3 numbers'),
    })
    expect((await embed(paths, 'choosy')).code).toBe(0)
  })
})
