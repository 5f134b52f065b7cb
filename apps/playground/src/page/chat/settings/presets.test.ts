import { describe, expect, it } from 'vitest'
import { readPresets, withoutPreset, withPreset } from './presets.ts'
import { readSettings } from './settings-values.ts'

const { markdown: _, hourlyPrice: __, ...settings } = readSettings(null)
const brief = { ...settings, systemPrompt: 'Be brief.' }

describe('presets', () => {
  it('are kept by name, each name once', () => {
    let presets = withPreset(withPreset([], 'Zero', settings), ' Brief ', settings)
    presets = withPreset(presets, 'Brief', brief)
    expect(presets).toEqual([
      { name: 'Brief', settings: brief },
      { name: 'Zero', settings },
    ])
    expect(readPresets(JSON.stringify(presets))).toEqual(presets)
    expect(withoutPreset(presets, 'Zero').map(({ name }) => name)).toEqual(['Brief'])
  })

  it.each([null, '', '{', '{}', '7', '[1,null,{"name":""},{"name":7,"settings":{}},{"name":"no settings"}]'])(
    'are none in %j',
    (json) => {
      expect(readPresets(json)).toEqual([])
    },
  )

  it('take the defaults for settings that are damaged', () => {
    expect(readPresets('[{"name":"Odd","settings":{"drafts":3,"systemPrompt":[]}}]')).toEqual([
      { name: 'Odd', settings },
    ])
  })
})
