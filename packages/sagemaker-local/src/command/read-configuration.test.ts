import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { parseConfigurationText } from '@x/configuration-file'
import { configurationSchema } from './configuration.ts'
import { readConfiguration } from './read-configuration.ts'
import { UsageError } from './usage-error.ts'

test('reads JSON with comments and trailing commas', () => {
  const text =
    '{\n  // two endpoints\n  "port": 0,\n  "endpoints": { "a": "demo", "b/c": { "backend": "demo", "seed": 3 }, }\n}'
  expect(parseConfigurationText(text, 'x.json', configurationSchema)).toEqual({
    port: 0,
    endpoints: { a: 'demo', 'b/c': { backend: 'demo', seed: 3 } },
  })
})

test.each([
  ['{\n  "port": 0,\n  "endpoints" {}\n}', 'x.json:3: colon expected'],
  ['', 'x.json:1: the file is empty'],
  ['{\n  "port": "8080"\n}', 'x.json:2: port must be integer'],
  ['{\n  "prot": 8080\n}', /^x\.json:2: the configuration has no member "prot"; it may have \$schema, port, /],
  ['{ "endpoints": {\n "a/b": {\n "seed": 1 } } }', "x.json:2: endpoints.a~1b must have required property 'backend'"],
  [
    '{ "endpoints": {\n "a": { "backend": "demo",\n "faults": {\n "parts": "some" } } } }',
    /^x\.json:4: endpoints\.a\.faults\.parts must /,
  ],
  [
    '{ "endpoints": {\n "a": { "backend": "demo",\n\n "variants": ["x",\n 4] } } }',
    'x.json:5: endpoints.a.variants.1 must be string',
  ],
])('names file and line of what is wrong: %s', (text, message) => {
  expect(() => parseConfigurationText(text, 'x.json', configurationSchema)).toThrow(message)
})

test('names a file that does not exist', async () => {
  await expect(readConfiguration('/nowhere/x.json')).rejects.toThrow(
    new UsageError('/nowhere/x.json: there is no such file'),
  )
})

test('reads a file', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sagemaker-local-'))
  try {
    await writeFile(join(folder, 'x.json'), '{"port": 1}')
    expect(await readConfiguration(join(folder, 'x.json'))).toEqual({ port: 1 })
  } finally {
    await rm(folder, { recursive: true })
  }
})
