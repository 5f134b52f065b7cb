import { json, scripted, startLocalRuntime } from '@x/sagemaker-local'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { huggingface } from '../handlers/huggingface.ts'
import { openai } from '../handlers/openai.ts'
import { tgi } from '../handlers/tgi.ts'
import { SagemakerLLM } from '../sagemaker-llm.ts'
import type { ContentHandler } from '../contract/content-handler.ts'

let runtime: Awaited<ReturnType<typeof startLocalRuntime>>
let answer: unknown
beforeAll(async () => {
  runtime = await startLocalRuntime({ endpoints: { it: scripted(() => json(answer)) } })
})
afterAll(() => runtime.close())

const model = (contentHandler: ContentHandler): SagemakerLLM =>
  new SagemakerLLM({ endpointName: 'it', contentHandler, ...runtime.connection })
const hello = [{ role: 'user', content: 'Hello' }] as const

describe('a whole answer', () => {
  test('has the names that the container gave it', async () => {
    answer = {
      id: 'chatcmpl-1',
      created: 1_750_000_000,
      model: 'llama',
      choices: [{ index: 0, message: { content: 'Hi' }, finish_reason: 'stop' }],
    }
    const { id, modelName, createdAt, stopSequence } = await model(openai()).chat(hello)
    expect({ id, modelName, createdAt, stopSequence }).toEqual({
      id: 'chatcmpl-1',
      modelName: 'llama',
      createdAt: new Date(1_750_000_000_000),
      stopSequence: undefined,
    })
  })

  test('has no names where the container gave none', async () => {
    answer = { choices: [{ index: 0, message: { content: 'Hi' }, finish_reason: 'stop' }] }
    const response = await model(openai()).chat(hello)
    expect(Object.keys(response)).not.toEqual(expect.arrayContaining(['id']))
  })

  test.each([
    ['that the container names', { content: 'A' }, { stop_reason: '###' }],
    ['at which the text was cut here', { content: 'A###B' }, {}],
  ])('has the stop sequence %s', async (_, message, more) => {
    answer = { choices: [{ index: 0, message, finish_reason: 'stop', ...more }] }
    const { text, stopReason, stopSequence } = await model(openai()).chat(hello, { stopSequences: ['###'] })
    expect({ text, stopReason, stopSequence }).toEqual({ text: 'A', stopReason: 'stop_sequence', stopSequence: '###' })
  })
})

test.each([
  ['JSON', huggingface(), { responseFormat: { type: 'json' } }, 'responseFormat'],
  ['tools', huggingface(), { tools: [{ toolSpec: { name: 'a', inputSchema: { json: {} } } }] }, 'tools'],
  [
    'JSON with tools',
    tgi(),
    { responseFormat: { type: 'json' }, tools: [{ toolSpec: { name: 'a', inputSchema: { json: {} } } }] },
    'responseFormat',
  ],
] as const)('a refusal of %s names the option', async (_, handler, options, path) => {
  await expect(model(handler).chat(hello, options)).rejects.toMatchObject({ code: 'invalid-request', path })
})
