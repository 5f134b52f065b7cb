import { Buffer } from 'node:buffer'
import { describe, expect, test } from 'vitest'
import type { EmbeddingCall, Pooling } from '../contract/embedding-content-handler.ts'
import { anyVectors } from './any-vectors.ts'
import { parseAnswer } from './parse-answer.ts'

const call = (pooling?: Pooling): EmbeddingCall => ({
  kind: 'text',
  count: 1,
  dimensions: undefined,
  dtype: undefined,
  normalize: undefined,
  pooling,
  inputType: undefined,
  modelName: undefined,
  additionalParameters: undefined,
})
const read = (body: unknown, pooling?: Pooling): (number[] | undefined)[] =>
  anyVectors(parseAnswer(new TextEncoder().encode(JSON.stringify(body))), call(pooling)).map(
    (vector) => vector && Array.from(vector),
  )
const base64 = (numbers: readonly number[]): string => Buffer.from(Float32Array.from(numbers).buffer).toString('base64')

const a = [0.5, -0.25, 1]
const b = [2, 0, -1.5]

describe('reads the vectors of', () => {
  test.each<[string, unknown, number[][]]>([
    ['a bare vector', a, [a]],
    ['a list of vectors', [a, b], [a, b]],
    ['`embedding` with one vector', { embedding: a, inputTextTokenCount: 2 }, [a]],
    ['`embedding` with several', { embedding: [a, b] }, [a, b]],
    ['`embeddings` with one vector', { embeddings: a }, [a]],
    ['`embeddings` with several', { id: 'x', texts: ['t'], embeddings: [a, b] }, [a, b]],
    ['`vectors`', { vectors: [a, b] }, [a, b]],
    ['`dense_vecs` with one vector', { dense_vecs: a, lexical_weights: { '83': 0.5 } }, [a]],
    ['`dense_vecs` of several texts', [{ dense_vecs: a }, { dense_vecs: b }], [a, b]],
    ['`predictions`', { predictions: [a, b] }, [a, b]],
    ['`vector`', { vector: a }, [a]],
    ['`outputs`', { outputs: [a, b] }, [a, b]],
    ['`result`', { result: { embeddings: [a, b] } }, [a, b]],
    ['`results` of objects with a `vector`', { results: [{ vector: a }, { vector: b }] }, [a, b]],
    ['tensors with flat data', { outputs: [{ name: 'v', datatype: 'FP32', shape: [1, 3], data: a }] }, [a]],
    ['OpenAI data that leave out the index 0', { data: [{ index: 1, embedding: b }, { embedding: a }] }, [a, b]],
    [
      'OpenAI data in order',
      {
        data: [
          { index: 0, embedding: a },
          { index: 1, embedding: b },
        ],
      },
      [a, b],
    ],
    [
      'OpenAI data out of order',
      {
        data: [
          { index: 1, embedding: b },
          { index: 0, embedding: a },
        ],
      },
      [a, b],
    ],
    ['OpenAI data without an index', { data: [{ embedding: a }, { embedding: b }] }, [a, b]],
    ['OpenAI data in base64', { data: [{ index: 0, embedding: base64(a) }] }, [a]],
    ['a bare list of objects', [{ index: 0, embedding: [a] }], [a]],
    ['vectors by type', { embeddings: { int8: [[1, 2, 3]], float: [a, b] } }, [a, b]],
    ['vectors by type, integers alone', { embeddings: { binary: [[3]], int8: [[1, -2, 3]] } }, [[1, -2, 3]]],
    ['vectors by type in base64', { embeddings: { base64: [base64(a), base64(b)] } }, [a, b]],
    ['`embeddingsByType`', { embeddingsByType: { float: a } }, [a]],
    ['one token per text, where pooling makes no difference', [[a], [b]], [a, b]],
  ])('%s', (_, body, vectors) => {
    expect(read(body)).toEqual(vectors)
  })

  test.each<[string, unknown]>([
    [
      'tokens of each text',
      [
        [a, b],
        [b, b],
      ],
    ],
    ['tokens of each text in a batch of one', [[[a, b]], [[b, b]]]],
    [
      'tokens in OpenAI data',
      {
        data: [
          { index: 0, data: [a, b] },
          { index: 1, data: [b, b] },
        ],
      },
    ],
  ])('%s', (_, body) => {
    expect(read(body, 'mean')).toEqual([[1.25, -0.125, -0.25], b])
    expect(read(body, 'cls')).toEqual([a, b])
    expect(read(body, 'last')).toEqual([b, b])
  })
})

test('tokens without pooling are refused with a message that names the option', () => {
  expect(() => read([[a, b]])).toThrow(/one vector per token \(2 for one text\): set the option `pooling`/)
})

test('token vectors of one text that differ in width are refused', () => {
  expect(() => read([[a, [1, 2]]], 'mean')).toThrow('token vectors of one text differ in width: 3 and 2')
})

describe('refuses, naming the shape,', () => {
  test.each<[string, unknown, string]>([
    ['nothing', null, 'expected vectors, got null'],
    ['text', 'secret', 'expected vectors, got string'],
    ['an object without vectors', { answer: 'secret', other: 1 }, 'expected vectors, got object with answer, other'],
    ['labels', [{ score: 0.5, label: 'joy' }], 'expected an object with a vector, got object with score, label'],
    ['sparse vectors', [[{ index: 3, value: 0.5 }]], 'got array[1] of object with index, value'],
    ['texts', [['secret', 'secret']], 'got array[2] of string'],
    ['numbers as text', [['0.5', '1']], 'got array[2] of string'],
    ['five levels', [[[[a]], [[b]]]], 'expected the vector of a text, got array[2] of array[1] of array[1]'],
    ['text among numbers', [[0.5, 'secret']], 'got array[2] of number or string'],
    [
      'an index twice',
      {
        data: [
          { index: 1, embedding: a },
          { index: 1, embedding: b },
        ],
      },
      'index 1 more than once',
    ],
    [
      'an index beyond the end',
      { data: [{ index: 1, embedding: a }] },
      'item 0 of 1 in the answer has an index out of range',
    ],
    ['an index that is no number', { data: [{ index: 'secret', embedding: a }] }, 'an index out of range'],
    [
      'an index here and there',
      { data: [{ index: 0, embedding: a }, { embedding: b }, { embedding: a }] },
      'some items of the answer have no index',
    ],
    [
      'packed bits',
      { embeddings: { binary: [[1]], ubinary: [[1]] } },
      'float, base64, int8, uint8, got object with binary, ubinary',
    ],
    ['text that is no base64', { data: [{ index: 0, embedding: 'not a vector!' }] }, 'expected a vector in base64'],
    ['base64 of three bytes', { data: [{ index: 0, embedding: 'AAAA' }] }, 'has 3 bytes, not a multiple of 4'],
  ])('%s', (_, body, message) => {
    expect(() => read(body)).toThrow(message)
    expect(() => read(body)).not.toThrow('secret')
  })
})

test('null is not taken for 0', () => {
  expect(read([[0.5, null, 1]])).toEqual([[0.5, Number.NaN, 1]])
  expect(read([[null, 0.5]])).toEqual([[Number.NaN, 0.5]])
})

describe('an input without a vector', () => {
  test.each<[string, unknown]>([
    ['null in a list', [a, null]],
    ['an empty vector in a list', [a, []]],
    [
      'null in OpenAI data',
      {
        data: [
          { index: 1, embedding: null },
          { index: 0, embedding: a },
        ],
      },
    ],
    [
      'an error in OpenAI data',
      {
        data: [
          { index: 0, embedding: a },
          { index: 1, error: { message: 'secret' } },
        ],
      },
    ],
    ['null by type', { embeddings: { float: [a, null] } }],
  ])('%s', (_, body) => {
    expect(read(body)).toEqual([a, undefined])
  })
})
