import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readSettings } from '../settings/settings-values.ts'
import { callFragment, isCallFragment, readCallFragment, type LinkedCall } from './call-link.ts'

const { markdown: _, hourlyPrice: __, ...settings } = readSettings(null)
const call: LinkedCall = {
  mode: 'chat',
  endpoint: { source: 'aws', name: 'my-llama', region: 'us-east-1' },
  prompt: 'Why?',
  settings: { ...settings, systemPrompt: 'Be brief.' },
}

const encoded = (value: unknown): string => `#chat/call=${Buffer.from(JSON.stringify(value)).toString('base64url')}`

describe('a link to a call', () => {
  it('brings back endpoint, settings and prompt, whatever is in them', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), fc.string({ unit: 'grapheme' }), (prompt, systemPrompt) => {
        const linked = { ...call, prompt, settings: { ...settings, systemPrompt } }
        const fragment = callFragment(linked) ?? ''
        expect(fragment).toMatch(/^#chat\/call=[\w-]+$/)
        expect(isCallFragment(fragment)).toBe(true)
        expect(readCallFragment(fragment)).toEqual({ call: linked })
      }),
    )
  })

  it('is not made for what no address holds', () => {
    expect(callFragment({ ...call, prompt: 'x'.repeat(600_000) })).toBeUndefined()
  })

  it.each(['', '#', '#chat', '#chat/', '#faults', '#call=', '#/call='])('is not taken from %j', (fragment) => {
    expect(isCallFragment(fragment)).toBe(false)
  })

  it.each([
    ['#chat/call=', 'The link is damaged.'],
    ['#chat/call=%%%', 'The link is damaged.'],
    ['#chat/call=_w', 'The link is damaged.'],
    [encoded(null), /cannot be used/],
    [encoded([]), /cannot be used/],
    [encoded({ ...call, version: 2 }), 'The link cannot be used: it was made by another version of the playground.'],
    [encoded({ ...call, version: 1, mode: 'delete' }), 'The link cannot be used: it names no call.'],
    [encoded({ ...call, version: 1, endpoint: { source: 'aws', name: '../../x' } }), /An endpoint name has/],
    [encoded({ ...call, version: 1, endpoint: { ...call.endpoint, credentials: 'x' } }), /cannot be used/],
    [encoded({ ...call, version: 1, prompt: { toString: 1 } }), 'The link cannot be used: it has no prompt.'],
    [`#chat/call=${'A'.repeat(600_000)}`, 'The link is too long.'],
  ])('says what is wrong with %.40s', (fragment, problem) => {
    expect(readCallFragment(fragment)).toEqual({ problem: expect.stringMatching(problem) })
  })

  it('takes only what it knows from settings', () => {
    const hostile = encoded({
      ...call,
      version: 1,
      settings: { tools: 7, drafts: { temperature: [] }, fault: 'x', __proto__: 1 },
    })
    expect(readCallFragment(hostile)).toEqual({ call: { ...call, settings } })
  })
})
