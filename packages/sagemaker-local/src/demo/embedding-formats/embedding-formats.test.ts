import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { demoEmbeddingModel, startLocalRuntime, type LocalRuntime } from '../../index.ts'
import { callEndpoint, callRefused } from '../../test-support/call-endpoint.ts'
import { embedText } from '../embed-text.ts'
import { embeddingFormats, type EmbeddingFormat } from './embedding-formats.ts'
import { quantize } from './quantize.ts'

let runtime: LocalRuntime
const formats = Object.keys(embeddingFormats) as EmbeddingFormat[]
const dimensions = 16

beforeAll(async () => {
  runtime = await startLocalRuntime({
    endpoints: Object.fromEntries(
      formats.map((format) => [format, demoEmbeddingModel({ format, dimensions, maxTokens: 8 })]),
    ),
  })
})
afterAll(() => runtime.close())

const call = (format: EmbeddingFormat, body: unknown) => callEndpoint(runtime, format, body)
const vector = (text: string): number[] => [...embedText(text, dimensions)]
const sea = vector('The sea')

// Those that answer with weights or a vector per token are tested in vector-kinds.test.ts.
const dense = formats.filter((format) => format !== 'tei-sparse' && format !== 'jina-colbert')

test.each(dense)('%s answers its own example with the same vectors', async (format) => {
  const answer = JSON.stringify(await call(format, embeddingFormats[format].example))
  expect(answer).toContain(JSON.stringify(vector('The sea is calm this morning.')).slice(1, -1))
})

test('huggingface has a vector per token, the first for the whole text', async () => {
  const features = [sea, vector('The'), vector(' sea')]
  expect(await call('huggingface', { inputs: 'The sea' })).toEqual([features])
  expect(await call('huggingface', { inputs: ['The sea', 'Bread'] })).toEqual([
    [features],
    [[vector('Bread'), vector('Bread')]],
  ])
  expect(await callRefused(runtime, 'huggingface', { inputs: 3 })).toMatchObject([
    400,
    { type: 'InternalServerException' },
  ])
})

test('jumpstart takes an object, a bare array and one text', async () => {
  expect(await call('jumpstart', { text_inputs: ['The sea'] })).toEqual({ embedding: [sea] })
  expect(await call('jumpstart', ['The sea', 'Bread'])).toEqual({ embedding: [sea, vector('Bread')] })
  expect(await callEndpoint(runtime, 'jumpstart', 'The sea', { contentType: 'application/x-text' })).toEqual({
    embedding: sea,
  })
  expect((await callRefused(runtime, 'jumpstart', { inputs: 'x' }))[0]).toBe(400)
})

test('lmi is flat for one text', async () => {
  expect(await call('lmi', { inputs: 'The sea' })).toEqual(sea)
  expect(await call('lmi', ['The sea'])).toEqual([sea])
  expect(await callRefused(runtime, 'lmi', { input: 'x' })).toEqual([
    400,
    { code: 400, type: 'TranslateException', message: 'Missing "inputs" in json.' },
  ])
})

describe('cohere', () => {
  const input_type = 'search_query'

  test('gives floats, or what is asked for', async () => {
    expect(await call('cohere', { texts: ['The sea'], input_type })).toMatchObject({
      texts: ['The sea'],
      embeddings: [sea],
      response_type: 'embeddings_floats',
    })
    const embedding_types = ['float', 'int8', 'ubinary']
    expect(await call('cohere', { texts: ['The sea'], input_type, embedding_types })).toMatchObject({
      embeddings: { float: [sea], int8: [{ length: 16 }], ubinary: [{ length: 2 }] },
      response_type: 'embeddings_by_type',
    })
  })

  test.each([
    [
      { texts: Array.from({ length: 97 }, () => 'x'), input_type },
      'invalid request: total number of texts must be at most 96 - received 97',
    ],
    [{ texts: ['x'] }, 'invalid request: valid input_type must be provided with the provided model'],
    [
      { texts: ['x'], input_type, embedding_types: ['int4'] },
      'invalid request: embedding_types must be among float, int8, uint8, binary, ubinary, base64',
    ],
    [
      { texts: ['a b c d e f g h i'], input_type, truncate: 'NONE' },
      'invalid request: too many tokens: total number of tokens in the prompt cannot exceed 8',
    ],
  ])('refuses %.60j', async (body, message) => {
    expect(await callRefused(runtime, 'cohere', body)).toEqual([400, { message }])
  })
})

test('titan takes one text', async () => {
  expect(await call('titan', { inputText: 'The sea', embeddingTypes: ['float'] })).toEqual({
    embedding: sea,
    embeddingsByType: { float: sea },
    inputTextTokenCount: 2,
  })
  expect((await callRefused(runtime, 'titan', { inputText: 'a b c d e f g h i' }))[1]).toMatchObject({
    message: 'Too many input tokens. Max input tokens: 8, request input token count: 9',
  })
})

test('a vector keeps its meaning in other forms', () => {
  const values = Float32Array.of(1, -1, 0.5, -0.5, 0, 0.25, -0.25, 1, 0.1)
  expect(quantize(values, 'int8')).toEqual([127, -127, 64, -63, 0, 32, -32, 127, 13])
  expect(quantize(values, 'uint8')).toEqual([255, 1, 192, 65, 128, 160, 96, 255, 141])
  expect(quantize(values, 'ubinary')).toEqual([0b10100101, 0b10000000])
  expect(quantize(values, 'binary')).toEqual([0b10100101 - 128, 0])
  const bytes = Buffer.from(quantize(values, 'base64') as string, 'base64')
  expect(bytes.readFloatLE(8)).toBe(0.5)
})
