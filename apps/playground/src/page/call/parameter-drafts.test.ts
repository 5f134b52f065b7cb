import { describe, expect, it } from 'vitest'
import { initialParameterDrafts, parseParameterDrafts } from './parameter-drafts.ts'

const drafts = (changes: Partial<ReturnType<typeof initialParameterDrafts>>) => ({
  ...initialParameterDrafts(),
  temperature: '',
  maxNewTokens: '',
  ...changes,
})

describe('parseParameterDrafts', () => {
  it('leaves an empty field to the container', () => {
    expect(parseParameterDrafts(drafts({}))).toEqual({ parameters: {} })
  })

  it('reads numbers, and one stop sequence per line', () => {
    const parsed = parseParameterDrafts(drafts({ temperature: '0.5', topK: ' 40 ', stopSequences: 'END\n\\n\\n\n' }))
    expect(parsed).toEqual({ parameters: { temperature: 0.5, topK: 40, stopSequences: ['END', '\n\n'] } })
  })

  it.each([
    ['temperature', '3', 'Temperature must be between 0 and 2.'],
    ['temperature', 'warm', 'Temperature must be a number.'],
    ['maxNewTokens', '1.5', 'Max new tokens must be a whole number.'],
    ['maxNewTokens', '0', 'Max new tokens must be between 1 and 8192.'],
    ['seed', '-1', 'Seed must be between 0 and 4294967295.'],
    ['stopSequences', 'a\nb\nc\nd\ne', 'At most 4 stop sequences.'],
  ])('says what is wrong with %s %j', (key, value, problem) => {
    expect(parseParameterDrafts(drafts({ [key]: value }))).toEqual({ problem })
  })
})
