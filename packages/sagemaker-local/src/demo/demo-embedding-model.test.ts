import { InvokeEndpointCommand, ModelError } from '@aws-sdk/client-sagemaker-runtime'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demoEmbeddingModel, startLocalRuntime, type LocalRuntime } from '../index.ts'
import { sdkClient } from '../test-support/sdk-client.ts'
import { embedText } from './embed-text.ts'

let runtime: LocalRuntime

beforeAll(async () => {
  runtime = await startLocalRuntime({
    endpoints: {
      tei: demoEmbeddingModel(),
      openai: demoEmbeddingModel({ format: 'openai', dimensions: 64, modelName: 'bge' }),
    },
  })
})
afterAll(() => runtime.close())

async function invoke(endpointName: string, body: unknown): Promise<unknown> {
  const { Body } = await sdkClient(runtime).send(
    new InvokeEndpointCommand({
      EndpointName: endpointName,
      ContentType: 'application/json',
      Body: typeof body === 'string' ? body : JSON.stringify(body),
    }),
  )
  return JSON.parse(Body.transformToString())
}

async function refusal(endpointName: string, body: unknown): Promise<[number | undefined, string | undefined]> {
  const error: unknown = await invoke(endpointName, body).catch((error: unknown) => error)
  if (!(error instanceof ModelError)) throw error
  return [error.OriginalStatusCode, error.OriginalMessage]
}

const cosine = (a: ArrayLike<number>, b: ArrayLike<number>): number => {
  let [dot, aa, bb] = [0, 0, 0]
  for (let index = 0; index < a.length; index++) {
    dot += a[index]! * b[index]!
    aa += a[index]! ** 2
    bb += b[index]! ** 2
  }
  return dot / Math.sqrt(aa * bb)
}
const length = (vector: ArrayLike<number>): number => Math.hypot(...Array.from(vector))

describe('the vectors', () => {
  test('have unit length, also for nothing', () => {
    for (const text of ['', ' ', 'a', 'The sea is calm.', '世界', '!?'])
      expect(length(embedText(text, 384))).toBeCloseTo(1, 5)
  })

  test('are nearer the more two texts share', () => {
    const near = (a: string, b: string) => cosine(embedText(a, 384), embedText(b, 384))
    expect(near('The sea is calm', 'the SEA  is calm')).toBeCloseTo(1, 5)
    expect(near('How do I bake bread?', 'Baking bread')).toBeGreaterThan(
      near('How do I bake bread?', 'The harbour at night') + 0.1,
    )
    expect(near('mend a fishing net', 'the fisherman mends nets')).toBeGreaterThan(
      near('mend a fishing net', 'a cup of coffee') + 0.1,
    )
    expect(Math.abs(near('lighthouse', 'bookkeeper'))).toBeLessThan(0.2)
  })
})

describe('tei', () => {
  test('gives a vector per text, in order, always in a list', async () => {
    const [one] = (await invoke('tei', { inputs: 'The sea' })) as number[][]
    const both = (await invoke('tei', { inputs: ['Bread', 'The sea'] })) as number[][]
    expect(both).toHaveLength(2)
    expect(both[1]).toEqual(one)
    expect(one).toHaveLength(384)
    expect(length(one!)).toBeCloseTo(1, 5)
  })

  test('takes token ids, and fewer dimensions', async () => {
    expect(await invoke('tei', { inputs: [1, 2, 3] })).toHaveLength(1)
    expect(await invoke('tei', { inputs: [[1, 2], [3]] })).toHaveLength(2)
    const [short] = (await invoke('tei', { inputs: 'The sea', dimensions: 8 })) as number[][]
    expect(short).toHaveLength(8)
    expect(length(short!)).toBeCloseTo(1, 5)
    const [raw] = (await invoke('tei', { inputs: 'The sea', dimensions: 8, normalize: false })) as number[][]
    expect(length(raw!)).toBeLessThan(1)
  })

  const long = 'word '.repeat(600).trim()
  test.each([
    [
      { inputs: Array.from({ length: 33 }, () => 'x') },
      422,
      '{"error":"batch size 33 > maximum allowed batch size 32","error_type":"Validation"}',
    ],
    [{ inputs: [] }, 400, '{"error":"`inputs` cannot be empty","error_type":"Empty"}'],
    [{ inputs: ['a', ''] }, 400, '{"error":"`inputs` cannot be empty","error_type":"Empty"}'],
    [
      { inputs: [long] },
      422,
      '{"error":"Input validation error: `inputs` must have less than 512 tokens. Given: 600","error_type":"Validation"}',
    ],
    [
      { inputs: 'x', dimensions: 385 },
      422,
      '{"error":"`dimensions` must be between 1 and 384. Given: 385","error_type":"Validation"}',
    ],
    [{ text: 'x' }, 422, 'Failed to deserialize the JSON body into the target type: missing field `inputs`'],
    [{ inputs: { a: 1 } }, 422, /^Failed to deserialize the JSON body/],
    ['{"inputs', 400, /^Failed to parse the request body as JSON/],
    [{ inputs: 'x'.repeat(2_000_001) }, 413, 'length limit exceeded'],
  ])('refuses %.60j', async (body, status, message) => {
    expect(await refusal('tei', body)).toEqual([
      status,
      expect.stringMatching(message instanceof RegExp ? message : escape(message)),
    ])
  })

  test('cuts a long text when `truncate` asks for it', async () => {
    expect(await invoke('tei', { inputs: [long], truncate: true })).toHaveLength(1)
  })
})

describe('openai', () => {
  test('gives vectors with their index and the usage', async () => {
    expect(await invoke('openai', { input: ['The sea', 'Bread'], model: 'bge' })).toEqual({
      id: expect.stringMatching(/^embd-/),
      object: 'list',
      created: expect.any(Number),
      model: 'bge',
      data: ['The sea', 'Bread'].map((text, index) => ({
        index,
        object: 'embedding',
        embedding: [...embedText(text, 64)],
      })),
      usage: { prompt_tokens: 3, total_tokens: 3, completion_tokens: 0, prompt_tokens_details: null },
    })
  })

  test('base64 holds the same numbers, little-endian', async () => {
    const { data } = (await invoke('openai', { input: 'The sea', encoding_format: 'base64' })) as {
      data: { embedding: string }[]
    }
    const bytes = Buffer.from(data[0]!.embedding, 'base64')
    expect(Array.from({ length: bytes.length / 4 }, (_, index) => bytes.readFloatLE(index * 4))).toEqual([
      ...embedText('The sea', 64),
    ])
  })

  test.each([
    [{ input: 'x', model: 'other' }, 404, 'The model `other` does not exist.'],
    [{ input: 'x', dimensions: 65 }, 400, 'dimensions must be between 1 and 64, got 65.'],
    [{ input: 'x', encoding_format: 'hex' }, 400, "encoding_format must be 'float' or 'base64'."],
    [{ input: 'word '.repeat(600) }, 400, "This model's maximum context length is 512 tokens."],
    [{ inputs: 'x' }, 400, 'Cannot find suitable handler for request.'],
    [{ input: 3 }, 400, '`input` must be a string or an array of strings'],
  ])('refuses %.60j', async (body, status, message) => {
    const [original, text = ''] = await refusal('openai', body)
    expect(original).toBe(status)
    expect(JSON.parse(text)).toMatchObject({ error: { message: expect.stringContaining(message), code: status } })
  })
})

function escape(text: string): RegExp {
  return new RegExp(`^${text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)}$`)
}
