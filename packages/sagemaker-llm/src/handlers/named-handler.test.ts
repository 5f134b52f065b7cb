import { readdirSync } from 'node:fs'
import { SagemakerError } from '@x/sagemaker-endpoint'
import { expect, test } from 'vitest'
import * as api from '../index.ts'
import type { ContentHandler } from '../contract/content-handler.ts'
import { namedHandler } from './named-handler.ts'

const names = Object.entries(api)
  .filter(([name]) => readdirSync(new URL('.', import.meta.url)).includes(fileNameOf(name)))
  .map(([name, factory]) => [name, factory as () => ContentHandler] as const)
  .filter(([name]) => name !== 'namedHandler')

function fileNameOf(name: string): string {
  return `${name.replaceAll(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`)}.ts`.replace('text2-text', 'text2text')
}

test.each(names)('%s is loaded by its name, and is known by it', async (name, factory) => {
  const handler = await namedHandler(name)
  expect(handler.name).toBe(name)
  expect(handler.name).toBe(factory().name)
})

test('options reach the handler', async () => {
  const call = { prompt: 'Hi', stream: false, maxNewTokens: 4 }
  const { customAttributes } = (await namedHandler('jumpstartLlama2', { acceptEula: true })).request(call as never)
  expect(customAttributes).toBe('accept_eula=true')
  expect((await namedHandler('jumpstartLlama2')).request(call as never).customAttributes).toBeUndefined()
})

test('every handler that is exported can be named', () => {
  expect(names.length).toBeGreaterThan(10)
})

test.each(['', 'TGI', 'constructor', '__proto__'])(
  'the name "%s" is refused with the names that there are',
  async (name) => {
    const error: unknown = await namedHandler(name).catch((thrown: unknown) => thrown)
    expect(SagemakerError.is(error) && error.code).toBe('invalid-request')
    expect((error as Error).message).toContain('jumpstartText2Text')
  },
)
