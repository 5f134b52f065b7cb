import { SagemakerError } from '@x/sagemaker-endpoint'
import { describe, expect, test } from 'vitest'
import { tgi } from '../handlers/tgi.ts'
import { SagemakerLLM } from '../sagemaker-llm.ts'
import { languageModelCodec } from './language-model-codec.ts'

const bytes = (value: unknown): Uint8Array => new TextEncoder().encode(JSON.stringify(value))
const parsed = (body: Uint8Array): unknown => JSON.parse(new TextDecoder().decode(body))
const generated = bytes([{ generated_text: 'Paris', details: { finish_reason: 'eos_token', generated_tokens: 2 } }])

describe('a codec', () => {
  test('writes the request of a prompt and reads its answer', async () => {
    const codec = languageModelCodec({ contentHandler: tgi(), temperature: 0, maxNewTokens: 5 })
    const { body, contentType } = await codec.request('The capital of France is')
    expect(contentType).toBe('application/json')
    expect(parsed(body)).toMatchObject({ inputs: 'The capital of France is', parameters: { max_new_tokens: 5 } })
    expect(await codec.response(generated, 'The capital of France is')).toMatchObject({
      text: 'Paris',
      stopReason: 'end_turn',
    })
  })

  test('fails as a call would', async () => {
    const codec = languageModelCodec()
    const error: unknown = await codec
      .response(bytes({ error: 'Out of memory' }), 'Hi')
      .catch((thrown: unknown) => thrown)
    expect(SagemakerError.is(error) && error.code).toBe('model-error')
    await expect(codec.request([])).rejects.toThrow('invalid-request')
  })

  test('has another name with other options', () => {
    const names = [{}, { temperature: 1 }, { contentHandler: tgi() }, { modelName: 'm' }, { systemPrompt: 's' }].map(
      (options) => languageModelCodec(options).name,
    )
    expect(new Set([...names, languageModelCodec({ input: 'openai' }).name]).size).toBe(6)
    expect(languageModelCodec({ temperature: 1 }).name).toBe(languageModelCodec({ temperature: 1 }).name)
  })

  test('of a model object has its options', async () => {
    const llm = new SagemakerLLM({
      endpointName: 'my-llama',
      region: 'us-east-1',
      maxNewTokens: 9,
      contentHandler: tgi(),
    })
    expect(parsed((await llm.codec().request('Hi')).body)).toMatchObject({ parameters: { max_new_tokens: 9 } })
    const { body } = await llm.codec({ maxNewTokens: 3 }).request('Hi')
    expect(parsed(body)).toMatchObject({ parameters: { max_new_tokens: 3 } })
  })
})

describe("a codec of OpenAI's bodies", () => {
  const codec = languageModelCodec({ contentHandler: tgi(), input: 'openai' })

  test('sends a completion to a container of another format, with its own options only', async () => {
    const request = await codec.request({ model: 'm', prompt: 'Hi', max_tokens: 5, min_p: 0.1 })
    expect(parsed(request.body)).toEqual({
      inputs: 'Hi',
      parameters: { max_new_tokens: 5, details: true, return_full_text: false },
      stream: false,
    })
    expect(request.warnings).toEqual([
      { option: 'min_p', message: "min_p was not sent: it is not part of OpenAI's format" },
    ])
  })

  test('gives the answer as a completion', async () => {
    expect(await codec.response(generated, { model: 'm', prompt: 'Hi' })).toMatchObject({
      object: 'text_completion',
      model: 'm',
      choices: [{ index: 0, text: 'Paris', finish_reason: 'stop' }],
    })
  })

  test('gives a chat completion for messages, the same one every time', async () => {
    const body = { messages: [{ role: 'user', content: 'Hi' }] }
    const answer = {
      id: 'x1',
      created: 5,
      choices: [{ message: { content: '<think>Hm.</think>Hi' }, finish_reason: 'stop' }],
    }
    const written = await codec.response(bytes(answer), body)
    expect(written).toMatchObject({
      id: 'x1',
      created: 5,
      object: 'chat.completion',
      choices: [{ message: { content: 'Hi', reasoning_content: 'Hm.', refusal: null }, finish_reason: 'stop' }],
    })
    expect(await codec.response(bytes(answer), body)).toEqual(written)
  })

  test('names the member that is wrong', async () => {
    await expect(codec.request({ messages: [{ role: 'user' }] })).rejects.toMatchObject({ path: 'messages[0].content' })
    await expect(codec.request({ prompt: ['a', 'b'] })).rejects.toMatchObject({ path: 'prompt' })
  })
})
