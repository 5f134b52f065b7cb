import { readFile } from 'node:fs/promises'
import { expect, test } from 'vitest'
import { configurationSchema } from './configuration.ts'

test('the published schema is this one (pnpm schema:update writes it)', async () => {
  const published = await readFile(new URL('../../configuration.schema.json', import.meta.url), 'utf8')
  expect(JSON.parse(published)).toEqual(configurationSchema)
})
