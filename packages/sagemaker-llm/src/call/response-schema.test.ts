import type { StandardSchema, StandardSchemaResult } from '@x/bedrock-like-types'
import { SagemakerError } from '@x/sagemaker-endpoint'
import { json, type LocalRuntime, type ReceivedRequest, scripted, startLocalRuntime } from '@x/sagemaker-local'
import { afterAll, beforeAll, describe, expect, expectTypeOf, test } from 'vitest'
import { SagemakerLLM } from '../sagemaker-llm.ts'

interface City {
  readonly name: string
  readonly founded: Date
}

const cityAsJson = { type: 'object', properties: { name: { type: 'string' }, founded: { type: 'string' } } }

/** A schema as zod and its like give it: it checks, and makes a date of a text. */
function citySchema(settle: <T>(value: T) => T | Promise<T>): StandardSchema<City> {
  return {
    '~standard': {
      version: 1,
      vendor: 'test',
      jsonSchema: { input: ({ target }) => ({ ...cityAsJson, $schema: target }) },
      validate: (value) => {
        const { name, founded } = Object(value) as { name?: unknown; founded?: unknown }
        const result: StandardSchemaResult<City> =
          typeof name === 'string'
            ? { value: { name, founded: new Date(String(founded)) } }
            : { issues: [{ message: 'name is missing', path: ['name'] }] }
        return settle(result)
      },
    },
  }
}

const schema = citySchema((value) => value)
const format = { responseFormat: { type: 'json', schema, name: 'city' } } as const
const hello = [{ role: 'user', content: 'Bern?' }] as const
const text = '{"name":"Bern","founded":"1191-01-01"}'
const bern = { name: 'Bern', founded: new Date('1191-01-01') }

let runtime: LocalRuntime
let content: string
let received: ReceivedRequest | undefined
let llm: SagemakerLLM

beforeAll(async () => {
  const container = scripted((request) => {
    received = request
    const asked = request.json() as { messages?: unknown }
    if (asked.messages === undefined) return json({ generated_text: content })
    return json({ choices: [{ index: 0, message: { role: 'assistant', content }, finish_reason: 'stop' }] })
  })
  runtime = await startLocalRuntime({ endpoints: { container } })
  llm = new SagemakerLLM({ endpointName: 'container', ...runtime.connection })
})

afterAll(async () => {
  llm.close()
  await runtime.close()
})

async function failure(call: Promise<unknown>): Promise<SagemakerError> {
  const error: unknown = await call.then(
    () => undefined,
    (thrown: unknown) => thrown,
  )
  if (!SagemakerError.is(error)) throw new Error('expected a SagemakerError', { cause: error })
  return error
}

describe('a Standard Schema as the form of an answer', () => {
  test('gives the answer as the schema makes it, with its type', async () => {
    content = text
    const chat = await llm.chat(hello, format)
    expectTypeOf(chat.json).toEqualTypeOf<City>()
    expect(chat).toMatchObject({ json: bern, text })
    expect((await llm.complete('Bern?', format)).json).toEqual(bern)
  })

  test('is waited for, if it is asynchronous', async () => {
    content = text
    const asynchronous = citySchema((value) => Promise.resolve(value))
    expect((await llm.chat(hello, { responseFormat: { type: 'json', schema: asynchronous } })).json).toEqual(bern)
  })

  test('is sent as a JSON schema', async () => {
    content = text
    await llm.chat(hello, format)
    const sent = { name: 'city', schema: { ...cityAsJson, $schema: 'draft-2020-12' } }
    expect(received?.json()).toMatchObject({ response_format: { type: 'json_schema', json_schema: sent } })
  })

  test('of the model object holds for its calls', async () => {
    content = text
    const model = new SagemakerLLM({ endpointName: 'container', ...runtime.connection, ...format })
    expect(await model.chat(hello)).toMatchObject({ json: bern })
    model.close()
  })

  test.each([
    ['is not JSON', 'Bern, of course', undefined],
    ['does not follow the schema', '{"founded":"1191"}', 'name is missing'],
  ])('refuses an answer that %s, which is in the error', async (what, answer, cause) => {
    content = answer
    for (const call of [llm.chat(hello, format), llm.complete('Bern?', format)]) {
      const error = await failure(call)
      expect(error).toMatchObject({ code: 'unexpected-response', partial: { text: answer } })
      expect(error.message).toContain(what)
      expect(error.message).not.toContain('Bern, of course')
      expect((error.cause as Error | undefined)?.message).toBe(cause)
    }
  })

  test('that cannot be written as JSON schema is refused before anything is sent', async () => {
    received = undefined
    const { version, vendor, validate } = schema['~standard']
    const silent: StandardSchema<City> = { '~standard': { version, vendor, validate } }
    const error = await failure(llm.chat(hello, { responseFormat: { type: 'json', schema: silent } }))
    expect(error.code).toBe('invalid-request')
    expect(error.message).toContain('responseFormat.schema')
    expect(received).toBeUndefined()
  })
})

test('a JSON schema gives no json: the answer is text', async () => {
  content = text
  const answer = await llm.chat(hello, { responseFormat: { type: 'json', schema: cityAsJson } })
  expect(answer).not.toHaveProperty('json')
  expect(answer.text).toBe(text)
})
