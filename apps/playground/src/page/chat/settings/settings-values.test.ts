import { describe, expect, it } from 'vitest'
import { readSettings } from './settings-values.ts'

const initial = readSettings(null)

describe('settings that the browser has kept', () => {
  it('start with the defaults', () => {
    expect(initial).toMatchObject({ systemPrompt: '', stream: true, splitReasoning: false, tools: '', markdown: false })
    expect(initial.drafts).toMatchObject({ temperature: '0.7', topK: '', stopSequences: '' })
  })

  it.each([
    '',
    '{',
    '7',
    'null',
    '[]',
    '"text"',
    '{"drafts":7,"stream":"no","systemPrompt":{}}',
    '{"__proto__":{"tools":"x"}}',
  ])('have their defaults where %j was kept', (json) => {
    expect(readSettings(json)).toEqual(initial)
  })

  it('keep what is whole beside what is damaged', () => {
    const drafts = { temperature: 5, topK: '7', constructor: 'x', more: 'y' }
    const settings = readSettings(
      JSON.stringify({ systemPrompt: 'Be brief.', drafts, markdown: true, hourlyPrice: '1.52', tools: null }),
    )
    expect(settings).toEqual({
      ...initial,
      systemPrompt: 'Be brief.',
      markdown: true,
      hourlyPrice: '1.52',
      drafts: { ...initial.drafts, topK: '7' },
    })
  })
})
