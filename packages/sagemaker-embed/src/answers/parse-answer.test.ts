import { expect, test } from 'vitest'
import { AnswerError } from './answer-error.ts'
import { parseAnswer } from './parse-answer.ts'

const parse = (text: string): unknown => parseAnswer(new TextEncoder().encode(text))

test('parses JSON, with a byte order mark too', () => {
  expect(parse('{"a":[1,2.5]}')).toEqual({ a: [1, 2.5] })
  expect(parse('\uFEFF[1]')).toEqual([1])
})

test('reads what Python writes for numbers that JSON does not have as null', () => {
  expect(parse('[[0.5, NaN], [Infinity,-Infinity]]')).toEqual([
    [0.5, null],
    [null, null],
  ])
  expect(parse(String.raw`{"texts": ["NaN [NaN] \" NaN"], "embeddings": [NaN]}`)).toEqual({
    texts: ['NaN [NaN] " NaN'],
    embeddings: [null],
  })
})

test.each([
  ['', 'the answer is not JSON: it is empty'],
  ['<!doctype html><p>secret', 'the answer is not JSON: it looks like HTML or XML, 24 characters'],
  ['{"secret": 1', 'the answer is not JSON: 12 characters'],
  ['upstream secret NaN', 'the answer is not JSON: 19 characters'],
])('refuses %j without quoting it', (text, message) => {
  // Vitest compares the cause too: the parser's own error, which quotes the body, must not be it.
  expect(() => parse(text)).toThrow(new AnswerError(message))
})
