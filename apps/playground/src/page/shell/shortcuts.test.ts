import { describe, expect, it } from 'vitest'
import { shortcutAction, shortcuts, type PressedKey } from './shortcuts.ts'

const pressed = (key: string, more: Partial<PressedKey> = {}): PressedKey => ({
  key,
  ctrlKey: false,
  metaKey: false,
  altKey: false,
  isComposing: false,
  repeat: false,
  defaultPrevented: false,
  ...more,
})

describe('shortcuts of a single key', () => {
  it.each([
    ['?', 'shortcuts'],
    ['/', 'prompt'],
    ['n', 'new'],
    ['N', 'new'],
    ['x', undefined],
    ['Enter', undefined],
  ])('%s', (key, action) => {
    expect(shortcutAction(pressed(key))).toBe(action)
  })

  it.each([
    { ctrlKey: true },
    { metaKey: true },
    { altKey: true },
    { isComposing: true },
    { repeat: true },
    { defaultPrevented: true },
  ])('are left to the browser with %o', (more) => {
    expect(shortcutAction(pressed('n', more))).toBeUndefined()
  })

  it('are each in the list once', () => {
    const keys = shortcuts.flatMap((group) =>
      group.shortcuts.flatMap((one) => (one.action === undefined ? [] : one.keys)),
    )
    expect(new Set(keys).size).toBe(keys.length)
  })
})
