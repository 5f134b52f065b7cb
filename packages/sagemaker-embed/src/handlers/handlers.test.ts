import { describe, expect, test } from 'vitest'
import type { EmbeddingCall, EmbeddingContentHandler } from '../contract/embedding-content-handler.ts'
import {
  autoEmbedding,
  cohereEmbedding,
  huggingfaceEmbedding,
  jinaEmbedding,
  jumpstartEmbedding,
  kserveEmbedding,
  lmiEmbedding,
  namedEmbeddingHandler,
  openaiEmbedding,
  teiEmbedding,
  titanEmbedding,
} from '../index.ts'

const bare: EmbeddingCall = {
  kind: 'text',
  count: 2,
  dimensions: undefined,
  dtype: undefined,
  normalize: undefined,
  pooling: undefined,
  inputType: undefined,
  modelName: undefined,
  additionalParameters: undefined,
}
const full: EmbeddingCall = {
  ...bare,
  kind: 'query',
  dimensions: 256,
  normalize: false,
  pooling: 'mean',
  inputType: 'passage',
  modelName: 'm',
  additionalParameters: { truncate: 'END', extra: 1 },
}
/** For formats that have no parameter for `inputType`. */
const untyped: EmbeddingCall = { ...full, inputType: undefined }
const texts = ['ä "quoted"\n', 'b']

const formatsWithoutInputType = new Set(['auto', 'huggingface', 'jumpstart', 'kserve', 'lmi', 'titan'])

function body(handler: EmbeddingContentHandler, call: EmbeddingCall, of: readonly string[] = texts): unknown {
  const request = handler.request(of, call)
  expect(request).toMatchObject({ contentType: 'application/json', accept: 'application/json' })
  return JSON.parse(new TextDecoder().decode(request.body))
}

describe('the body holds the texts, and of the options what the container knows', () => {
  test.each<[string, EmbeddingContentHandler, unknown, unknown]>([
    [
      'autoEmbedding',
      autoEmbedding(),
      { inputs: texts },
      { inputs: texts, normalize: false, dimensions: 256, truncate: 'END', extra: 1 },
    ],
    [
      'tei',
      teiEmbedding(),
      { inputs: texts, truncate: false },
      { inputs: texts, prompt_name: 'passage', normalize: false, dimensions: 256, truncate: 'END', extra: 1 },
    ],
    [
      'openaiEmbedding',
      openaiEmbedding(),
      { input: texts, encoding_format: 'base64' },
      {
        input: texts,
        encoding_format: 'base64',
        model: 'm',
        dimensions: 256,
        input_type: 'passage',
        truncate: 'END',
        extra: 1,
      },
    ],
    [
      'openaiEmbedding in numbers',
      openaiEmbedding({ encodingFormat: 'float' }),
      { input: texts, encoding_format: 'float' },
      {
        input: texts,
        encoding_format: 'float',
        model: 'm',
        dimensions: 256,
        input_type: 'passage',
        truncate: 'END',
        extra: 1,
      },
    ],
    [
      'huggingface',
      huggingfaceEmbedding(),
      { inputs: texts },
      { inputs: texts, parameters: { truncate: 'END', extra: 1 } },
    ],
    ['lmiEmbedding', lmiEmbedding(), { inputs: texts }, { inputs: texts, truncate: 'END', extra: 1 }],
    ['jumpstart', jumpstartEmbedding(), { text_inputs: texts }, { text_inputs: texts, truncate: 'END', extra: 1 }],
    ['jumpstart with an array', jumpstartEmbedding({ input: 'array' }), texts, texts],
    [
      'jinaEmbedding',
      jinaEmbedding(),
      { data: [{ text: texts[0] }, { text: 'b' }] },
      {
        data: [{ text: texts[0] }, { text: 'b' }],
        parameters: { task: 'passage', dimensions: 256, normalized: false, truncate: 'END', extra: 1 },
      },
    ],
    [
      'kserveEmbedding',
      kserveEmbedding(),
      { inputs: [{ name: 'text', datatype: 'BYTES', shape: [2, 1], data: texts }] },
      {
        inputs: [{ name: 'text', datatype: 'BYTES', shape: [2, 1], data: texts }],
        parameters: { truncate: 'END', extra: 1 },
      },
    ],
    [
      'kserveEmbedding with names',
      kserveEmbedding({ input: 'TEXT', output: 'VECTORS', shape: '[count]' }),
      { inputs: [{ name: 'TEXT', datatype: 'BYTES', shape: [2], data: texts }], outputs: [{ name: 'VECTORS' }] },
      {
        inputs: [{ name: 'TEXT', datatype: 'BYTES', shape: [2], data: texts }],
        outputs: [{ name: 'VECTORS' }],
        parameters: { truncate: 'END', extra: 1 },
      },
    ],
    [
      'cohereEmbedding',
      cohereEmbedding(),
      { texts, input_type: 'search_document', truncate: 'NONE' },
      { texts, input_type: 'passage', truncate: 'END', output_dimension: 256, extra: 1 },
    ],
  ])('%s', (_, handler, small, large) => {
    expect(body(handler, bare)).toEqual(small)
    expect(body(handler, formatsWithoutInputType.has(handler.name) ? untyped : full)).toEqual(large)
  })

  test('titan, one text', () => {
    expect(body(titanEmbedding(), bare, ['a'])).toEqual({ inputText: 'a' })
    expect(body(titanEmbedding(), untyped, ['a'])).toEqual({
      inputText: 'a',
      dimensions: 256,
      normalize: false,
      truncate: 'END',
      extra: 1,
    })
  })
})

test('Cohere gets different input types for queries and documents', () => {
  expect(body(cohereEmbedding(), { ...bare, kind: 'query' })).toMatchObject({ input_type: 'search_query' })
})

test.each([
  [openaiEmbedding(), [[1, 2]], 'expected an object with data, got array[1] of array[2] of number'],
  [openaiEmbedding(), { data: 'text' }, 'expected an object with data, got object with data'],
  [jumpstartEmbedding(), [[1, 2]], 'expected an object with embedding, got array[1] of array[2] of number'],
  [jumpstartEmbedding(), { other: 1 }, 'expected vectors, got undefined'],
  [cohereEmbedding(), [[1, 2]], 'expected an object with embeddings, got array[1] of array[2] of number'],
  [teiEmbedding(), { embedding: [1] }, 'expected vectors, got object with embedding'],
])('a named handler reads its own format alone: %o', (handler, answer, message) => {
  expect(() => handler.answer(answer, bare)).toThrow(message)
})

describe('what a format has no parameter for is refused, not left out:', () => {
  const named = ['auto', 'huggingface', 'jumpstart', 'kserve', 'lmi', 'titan'] as const
  test.each(named)('inputType by %s', async (name) => {
    const handler = await namedEmbeddingHandler(name)
    expect(() => handler.request(['a'], { ...bare, inputType: 'query' })).toThrow(
      `invalid-request: inputType: the format ${name} has no parameter for it.`,
    )
  })

  test.each([...named, 'tei'] as const)('dtype by %s', async (name) => {
    const handler = await namedEmbeddingHandler(name)
    for (const dtype of ['int8', 'ubinary', 'float16'] as const) {
      expect(() => handler.request(['a'], { ...bare, dtype })).toThrow(`dtype: the format ${name} has no parameter`)
    }
    expect(handler.request(['a'], { ...bare, dtype: 'float32' }).body).toEqual(handler.request(['a'], bare).body)
  })
})

describe('the dtype is asked for under the name that the container has for it:', () => {
  test.each<[string, EmbeddingContentHandler, EmbeddingCall['dtype'], object]>([
    ['openai', openaiEmbedding(), 'int8', { output_dtype: 'int8', encoding_format: 'float' }],
    ['openai', openaiEmbedding(), 'float16', { embed_dtype: 'float16', encoding_format: 'float' }],
    [
      'openai in base64',
      openaiEmbedding({ encodingFormat: 'base64', dtypeParameter: 'embedding_type' }),
      'ubinary',
      { embedding_type: 'ubinary', encoding_format: 'base64' },
    ],
    ['cohere', cohereEmbedding(), 'binary', { embedding_types: ['binary'] }],
    ['jina', jinaEmbedding(), 'ubinary', { parameters: { embedding_type: 'ubinary' } }],
  ])('%s, %o, %s', (_, handler, dtype, expected) => {
    expect(body(handler, { ...bare, dtype })).toMatchObject(expected)
  })
})

test('openaiEmbedding sends the inputType under the name that was chosen', () => {
  const call = { ...bare, inputType: 'retrieval.query' }
  expect(body(openaiEmbedding({ inputTypeParameter: 'task' }), call)).toEqual({
    input: texts,
    encoding_format: 'base64',
    task: 'retrieval.query',
  })
})

describe('a built-in handler by its name', () => {
  test('can have the name of its function, and options', async () => {
    expect((await namedEmbeddingHandler('teiEmbedding')).name).toBe('tei')
    const handler = await namedEmbeddingHandler('jumpstart', { input: 'array' })
    expect(body(handler, bare)).toEqual(texts)
  })

  test.each(['', 'bert', 'toString', 'teiX'])('is not %j', async (name) => {
    await expect(namedEmbeddingHandler(name)).rejects.toMatchObject({
      code: 'invalid-request',
      message: expect.stringContaining('Use one of auto, cohere,'),
    })
  })
})
