import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs'
import { containerError, json, scripted, startLocalRuntime, type LocalRuntime } from '@x/sagemaker-local'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { runCommandLine } from '../run-command-line.ts'
import { collectingContext } from '../test-support/collecting-context.ts'

// A busy machine is not a failure.
vi.setConfig({ testTimeout: 60_000 })

let runtime: LocalRuntime
let folder: string

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'playground-embed-'))
  const choosy = scripted((request) => {
    const { inputs } = request.json() as { inputs: string | string[] }
    const texts = [inputs].flat()
    if (texts.some((text) => text.includes('!')))
      return containerError(422, { error: 'no shouting', error_type: 'Validation' })
    return json(texts.map((text) => [text.length, text.codePointAt(0) ?? 0, 0.1]))
  })
  runtime = await startLocalRuntime({
    objects: 's3',
    endpoints: {
      choosy: {
        model: choosy,
        asyncPath: 's3://bucket/choosy',
        notifications: { successTopic: 'ok', errorTopic: 'bad' },
      },
    },
  })
})
afterAll(async () => {
  await runtime?.close()
  await rm(folder, { recursive: true, force: true })
})

const s3 = (): string[] => ['--s3-input', 's3://bucket/in/', '--s3-url', runtime.s3!.endpoint]
const engines = {
  realtime: () => ['--endpoint', 'choosy'],
  async: () => ['--engine', 'async', '--endpoint', 'choosy', ...s3()],
  transform: () => {
    const model = '--engine transform --sagemaker-model choosy --instance-type ml.m5.large --rows-per-shard 10'
    return [...model.split(' '), '--s3-output', 's3://bucket/out', '--environment', 'A=1', ...s3()]
  },
}

async function embed(name: string, rows: readonly string[], ...options: readonly string[]) {
  const [corpus, output] = [join(folder, `${name}.in.jsonl`), join(folder, `${name}.jsonl`)]
  await writeFile(corpus, rows.map((row) => `${row}\n`).join(''))
  const { context, written } = collectingContext()
  const args = [
    'embed',
    corpus,
    '-o',
    output,
    '--url',
    runtime.url,
    '--handler',
    'tei',
    '--batch-size',
    '4',
    ...options,
  ]
  const code = await runCommandLine(args, context)
  const read = (file: string): Promise<string> => readFile(file, 'utf8').catch(() => '')
  const errors = (await read(join(folder, `${name}.errors.jsonl`)))
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line) as { index: number; error: { code: string } })
  return { code, notes: written.notes, vectors: await read(output), errors }
}

const rows = Array.from({ length: 40 }, (_, index) => {
  if (index % 17 === 5) return 'not JSON'
  return JSON.stringify({
    ...(index % 3 === 0 && { id: index % 6 }),
    text: `text ${index}${index % 13 === 7 ? '!' : ''} €`,
  })
})

describe('embed', () => {
  it('writes the same files with every engine', async () => {
    const realtime = await embed('realtime', rows, ...engines.realtime())
    expect(realtime.code).toBe(3)
    expect(realtime.errors.map(({ index }) => index)).toEqual([5, 7, 20, 22, 33, 39])
    for (const engine of ['async', 'transform'] as const) {
      const { code, notes, vectors, errors } = await embed(engine, rows, ...engines[engine]())
      expect({ code, notes }).toEqual({
        code: 3,
        notes: expect.stringMatching(/^40 rows, 6 failed \(see .+errors\.jsonl\), /),
      })
      expect(vectors).toBe(realtime.vectors)
      // The same rows as they were; only the reasons are told in other words.
      expect(errors).toEqual(realtime.errors.map((row) => ({ ...row, error: expect.any(Object) as unknown })))
      const again = await embed(engine, rows, ...engines[engine]())
      expect(again).toMatchObject({ code: 3, vectors, notes: expect.stringMatching(/^Done already: 40 rows/) })
    }
  })

  it('learns of answers from a queue on demand', async () => {
    const sqs = new SQSClient(runtime.sqs!)
    const { QueueUrl = '' } = await sqs.send(new CreateQueueCommand({ QueueName: 'answers' }))
    await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['QueueArn'] }))
    sqs.destroy()
    const wrong = await embed(
      'queue',
      rows,
      ...engines.async(),
      '--queue',
      `${QueueUrl}-missing`,
      '--sqs-url',
      runtime.sqs!.endpoint,
    )
    expect(wrong).toMatchObject({ code: 1, vectors: '' })
    expect(wrong.notes).toContain('sqs:ReceiveMessage')
  })

  it.each([
    [['--job', 'x'], '--job is for --engine async or transform'],
    [['--keep-going', '--engine', 'async', '--endpoint', 'x'], '--keep-going is for --engine realtime'],
  ])('with %j gets one sentence and exit code 2', async (options, sentence) => {
    expect(await embed('wrong', ['"a"'], ...options)).toMatchObject({
      code: 2,
      notes: expect.stringContaining(sentence),
    })
  })
})
