import { expect, test } from 'vitest'
import { parseConfigurationText, readConfigurationFile } from './read-configuration-file.ts'

const schema = {
  type: 'object',
  properties: { port: { type: 'integer' }, kind: { enum: ['a', 'b'] } },
  additionalProperties: false,
}

test('reads JSON with comments and trailing commas', () => {
  expect(parseConfigurationText('{\n  // any port\n  "port": 0,\n}', 'x.json', schema)).toEqual({ port: 0 })
})

test.each([
  ['', 'x.json:1: the file is empty'],
  ['{\n  "port" 0\n}', 'x.json:2: colon expected'],
  ['{\n  "port": "8080"\n}', 'x.json:2: port must be integer'],
  ['{\n  "prot": 8080\n}', 'x.json:2: the configuration has no member "prot"; it may have port, kind'],
  ['{\n\n  "kind": "c"\n}', 'x.json:3: kind must be one of a, b'],
  ['[]', 'x.json:1: the configuration must be object'],
])('names file, line and path of what is wrong: %j', (text, message) => {
  expect(() => parseConfigurationText(text, 'x.json', schema)).toThrow(message)
})

test('names a file that does not exist', async () => {
  await expect(readConfigurationFile('/nowhere/x.json', schema)).rejects.toThrow(
    '/nowhere/x.json: there is no such file',
  )
})
