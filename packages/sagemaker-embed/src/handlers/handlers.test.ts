import { describe, expect, test } from 'vitest'
import type { EmbeddingCall, EmbeddingContentHandler } from '../contract/embedding-content-handler.ts'
import {
  autoEmbedding,
  cohereEmbedding,
  huggingfaceEmbedding,
  jumpstartEmbedding,
  lmiEmbedding,
  openaiEmbedding,
  teiEmbedding,
  titanEmbedding,
} from '../index.ts'

const bare: EmbeddingCall = {
  kind: 'text',
  count: 2,
  dimensions: undefined,
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
const texts = ['ä "quoted"\n', 'b']

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
      { inputs: texts, normalize: false, dimensions: 256, truncate: 'END', extra: 1 },
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
      'cohereEmbedding',
      cohereEmbedding(),
      { texts, input_type: 'search_document', truncate: 'NONE' },
      { texts, input_type: 'passage', truncate: 'END', output_dimension: 256, extra: 1 },
    ],
  ])('%s', (_, handler, small, large) => {
    expect(body(handler, bare)).toEqual(small)
    expect(body(handler, full)).toEqual(large)
  })

  test('titan, one text', () => {
    expect(body(titanEmbedding(), bare, ['a'])).toEqual({ inputText: 'a' })
    expect(body(titanEmbedding(), full, ['a'])).toEqual({
      inputText: 'a',
      dimensions: 256,
      normalize: false,
      truncate: 'END',
      extra: 1,
    })
  })
})

test('Cohere is told queries from documents', () => {
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
