import { expect, it } from 'vitest'
import { handlerNames } from '../../protocol/handler-names.ts'
import { readHandlerName } from './read-value.ts'

it.each([
  ['jumpstartText2Text', 'jumpstartText2Text'],
  ['jumpstart-text2text', 'jumpstartText2Text'],
  ['bedrock-compat', 'bedrockCompat'],
  ['TGI', 'tgi'],
  ['auto', 'auto'],
  [undefined, undefined],
])('a handler is %s on the command line and %s in code', (text, name) => {
  expect(readHandlerName(text, handlerNames.language)).toBe(name)
})

it('refuses other names with those that there are', () => {
  expect(() => readHandlerName('jina', handlerNames.language)).toThrow('--handler must be one of auto, openai, tgi')
})
