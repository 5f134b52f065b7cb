import { describe, expect, it } from 'vitest'
import { checkJsonAnswer } from './check-json-answer.ts'

const schema = {
  type: 'object',
  properties: { city: { type: 'string' }, degrees: { type: 'number', maximum: 60 } },
  required: ['city'],
}

describe('an answer that was to be JSON', () => {
  it('is shown indented, and has no problems where it matches', () => {
    expect(checkJsonAnswer('{"city":"Paris","degrees":21}', schema)).toEqual({
      text: '{\n  "city": "Paris",\n  "degrees": 21\n}',
      problems: [],
    })
  })

  it.each([
    ['not JSON at all', /^The answer is not JSON\.$/],
    ['{"city":"Par', /^The answer is not JSON\.$/],
    ['[]', /^The answer: .*"array".*"object"/],
    ['{}', /city/],
    ['{"city":7}', /^city: .*"number".*"string"/],
    ['{"city":"x","degrees":99}', /^degrees: .*60/],
  ])('says what is wrong with %s', (text, problem) => {
    expect(checkJsonAnswer(text, schema).problems[0]).toMatch(problem)
  })

  it('does not fail on a schema that makes no sense', () => {
    expect(checkJsonAnswer('{"a":1}', { properties: { a: { $ref: '#/nowhere' } } }).problems[0]).toMatch(
      /cannot be checked/,
    )
  })
})
