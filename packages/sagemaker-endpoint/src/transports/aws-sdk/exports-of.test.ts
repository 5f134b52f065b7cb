import { expect, test } from 'vitest'
import { exportsOf } from './exports-of.ts'

const Client = (): void => undefined

test('exports by name are taken as they are, whatever the default is', () => {
  const byName = { Client, default: { Client: undefined } }
  expect(exportsOf(byName)).toBe(byName)
  expect(exportsOf({ Client })).toEqual({ Client })
})

test('a default export alone holds the exports', () => {
  expect(exportsOf({ default: { Client } })).toEqual({ Client })
})
