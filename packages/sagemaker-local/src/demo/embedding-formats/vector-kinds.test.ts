import { assert, double, property } from 'fast-check'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demoEmbeddingModel, startLocalRuntime, type EmbeddingFormat, type LocalRuntime } from '../../index.ts'
import { callEndpoint, callRefused } from '../../test-support/call-endpoint.ts'
import { embedText } from '../embed-text.ts'
import { toBase64 } from './quantize.ts'

const formats: readonly EmbeddingFormat[] = ['tei-sparse', 'lmi-sparse', 'openai', 'jina', 'jina-colbert', 'kserve']
const dimensions = 16
const texts = ['The sea is calm', 'bread']

let runtime: LocalRuntime

beforeAll(async () => {
  runtime = await startLocalRuntime({
    endpoints: Object.fromEntries(
      formats.map((format) => [format, demoEmbeddingModel({ format, dimensions, maxTokens: 20 })]),
    ),
  })
})
afterAll(() => runtime.close())

const call = <T>(format: EmbeddingFormat, body: unknown): Promise<T> =>
  callEndpoint(runtime, format, body) as Promise<T>
const refused = (format: EmbeddingFormat, body: unknown) => callRefused(runtime, format, body)
const vectorOf = (text: string): number[] => [...embedText(text, dimensions)]

interface Weight {
  readonly index: number
  readonly value: number
}

describe('sparse', () => {
  test('tei: a list of weights per text, also for one, by ascending index', async () => {
    const [sea, bread] = await call<Weight[][]>('tei-sparse', { inputs: texts })
    expect(sea).toHaveLength(4)
    expect(sea!.map(({ index }) => index)).toEqual(sea!.map(({ index }) => index).toSorted((a, b) => a - b))
    expect(await call('tei-sparse', { inputs: 'bread' })).toEqual([bread])
    const [twice] = await call<Weight[][]>('tei-sparse', { inputs: 'bread, bread' })
    expect(twice!.find(({ index }) => index === bread![0]!.index)!.value).toBeGreaterThan(bread![0]!.value)
  })

  test('tei refuses as the dense model does', async () => {
    expect(await refused('tei-sparse', { inputs: Array.from({ length: 33 }, () => 'a') })).toEqual([
      422,
      { error: 'batch size 33 > maximum allowed batch size 32', error_type: 'Validation' },
    ])
    expect(await refused('tei-sparse', { inputs: ['a', ''] })).toEqual([
      400,
      expect.objectContaining({ error_type: 'Empty' }),
    ])
    expect(await refused('tei-sparse', { inputs: 'word '.repeat(30) })).toEqual([422, expect.anything()])
  })

  test('lmi: dense and lexical together, an object for a text, a list for several', async () => {
    const one = await call<object>('lmi-sparse', { inputs: 'bread' })
    expect(one).toEqual({
      dense_vecs: vectorOf('bread'),
      lexical_weights: { [Object.keys((one as { lexical_weights: object }).lexical_weights)[0]!]: Math.log(2) },
    })
    expect(await call('lmi-sparse', { inputs: ['bread', 'bread'] })).toEqual([one, one])
    expect(await refused('lmi-sparse', {})).toEqual([400, expect.anything()])
  })
})

describe('several vectors per text', () => {
  test('vLLM pools token vectors', async () => {
    expect(await call('openai', { input: texts, task: 'token_embed' })).toMatchObject({
      data: [
        { index: 0, object: 'pooling', data: ['The', ' sea', ' is', ' calm'].map(vectorOf) },
        { index: 1, object: 'pooling', data: [vectorOf('bread')] },
      ],
      usage: { prompt_tokens: 5 },
    })
  })

  test('Jina ColBERT, and Jina with return_multivector', async () => {
    const data = texts.map((text) => ({ text }))
    const answer = await call<{ data: { embeddings: number[][] }[] }>('jina-colbert', {
      data,
      parameters: { input_type: 'query' },
    })
    expect(answer.data.map(({ embeddings }) => embeddings.length)).toEqual([4, 1])
    expect(await call('jina', { data, parameters: { return_multivector: true } })).toMatchObject({
      data: [
        { index: 0, embeddings: expect.any(Array) },
        { index: 1, embeddings: [expect.any(Array)] },
      ],
    })
    expect(await refused('jina-colbert', { data, parameters: { input_type: 'other' } })).toEqual([
      422,
      expect.anything(),
    ])
  })
})

describe('element types', () => {
  test.each([
    ['float32', dimensions * 4],
    ['float16', dimensions * 2],
    ['int8', dimensions],
    ['uint8', dimensions],
    ['binary', dimensions / 8],
    ['ubinary', dimensions / 8],
  ])('%s in base64 has %i bytes', async (type, bytes) => {
    const { data } = await call<{ data: { embedding: string }[] }>('openai', {
      input: 'bread',
      encoding_format: 'base64',
      embed_dtype: type,
    })
    expect(Buffer.from(data[0]!.embedding, 'base64')).toHaveLength(bytes)
  })

  test('output_dtype without base64 gives numbers of the type', async () => {
    const { data } = await call<{ data: { embedding: number[] }[] }>('openai', {
      input: 'bread',
      output_dtype: 'ubinary',
    })
    expect(data[0]!.embedding).toHaveLength(2)
    expect(await refused('openai', { input: 'bread', embed_dtype: 'float8' })).toEqual([400, expect.anything()])
  })

  test('the same numbers in each type', () => {
    const vector = Float32Array.of(1, -1, 0.5, -0.25, 0, 0, 0, 0.1)
    const bytes = (type: Parameters<typeof toBase64>[1]) => Buffer.from(toBase64(vector, type), 'base64')
    expect([...bytes('ubinary')]).toEqual([0b10100001])
    expect([...new Int8Array(bytes('binary'))]).toEqual([0b10100001 - 128])
    expect([...new Int8Array(bytes('int8'))]).toEqual([127, -127, 64, -32, 0, 0, 0, 13])
    expect([...bytes('uint8')]).toEqual([255, 1, 192, 96, 128, 128, 128, 141])
    expect([...bytes('float16')].slice(0, 8)).toEqual([0x00, 0x3c, 0x00, 0xbc, 0x00, 0x38, 0x00, 0xb4])
  })

  test('half floats are the nearest ones', () => {
    assert(
      property(double({ min: -1, max: 1, noNaN: true }), (value) => {
        const rounded = Math.fround(value)
        const bits = Buffer.from(toBase64(Float32Array.of(rounded), 'float16'), 'base64').readUInt16LE()
        const decode = (code: number): number => {
          const exponent = (code >> 10) & 31
          const mantissa = code & 1023
          return exponent === 0 ? mantissa * 2 ** -24 : (1024 + mantissa) * 2 ** (exponent - 25)
        }
        const size = Math.abs(rounded)
        const distance = (code: number): number => Math.abs(decode(code) - size)
        const code = bits & 0x7fff
        expect(distance(code)).toBeLessThanOrEqual(distance(code + 1))
        expect(distance(code)).toBeLessThanOrEqual(distance(Math.max(0, code - 1)))
        expect(bits >> 15).toBe(rounded < 0 || Object.is(rounded, -0) ? 1 : 0)
      }),
    )
  })
})

test('Jina takes texts and images, with dimensions and types', async () => {
  const data = [{ text: 'bread' }, { image: 'https://example.com/bread.png' }]
  expect(await call('jina', { data })).toMatchObject({
    object: 'list',
    data: [{ index: 0, embedding: vectorOf('bread') }, { index: 1 }],
    usage: { total_tokens: expect.any(Number) },
  })
  const { data: cut } = await call<{ data: { embedding: number[] }[] }>('jina', {
    data,
    parameters: { dimensions: 8, embedding_type: 'ubinary' },
  })
  expect(cut[0]!.embedding).toHaveLength(1)
  for (const body of [{ data: [] }, { input: 'a' }, { data, parameters: { dimensions: 17 } }, { data: [{}] }])
    expect(await refused('jina', body)).toEqual([422, expect.anything()])
})

test('KServe: texts and vectors are flat tensors with a shape', async () => {
  const inputs = [{ name: 'text', datatype: 'BYTES', shape: [2, 1], data: [['bread'], ['sea']] }]
  expect(await call('kserve', { inputs })).toMatchObject({
    outputs: [{ datatype: 'FP32', shape: [2, dimensions], data: [...vectorOf('bread'), ...vectorOf('sea')] }],
  })
  expect(await refused('kserve', { inputs: [] })).toEqual([400, expect.anything()])
})
