import { SagemakerEndpoint } from '@x/sagemaker-endpoint'
import {
  demoLanguageModel,
  json,
  part,
  scripted,
  stall,
  startLocalRuntime,
  stream,
  type LocalRuntime,
} from '@x/sagemaker-local'
import { firstValueFrom, toArray } from 'rxjs'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { collect } from './views/collect.ts'
import { auto } from './handlers/auto.ts'
import { huggingface } from './handlers/huggingface.ts'
import { jumpstartLlama2 } from './handlers/jumpstart-llama2.ts'
import { lmi } from './handlers/lmi.ts'
import { openai } from './handlers/openai.ts'
import { tgi } from './handlers/tgi.ts'
import { SagemakerLLM } from './sagemaker-llm.ts'

let runtime: LocalRuntime

beforeAll(async () => {
  runtime = await startLocalRuntime({
    endpoints: {
      'my-llama': demoLanguageModel(),
      'my-openai': demoLanguageModel({ format: 'openai' }),
      'my-echo': scripted((request) => json({ generated_text: new TextDecoder().decode(request.body) })),
    },
  })
})

afterAll(() => runtime.close())

function connection(endpointName = 'my-llama') {
  const credentials = { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' }
  return { endpointName, region: 'us-east-1', endpoint: runtime.url, credentials }
}

describe.each([
  ['auto() on TGI', 'my-llama', undefined],
  ['auto() given by name', 'my-llama', auto()],
  ['tgi()', 'my-llama', tgi()],
  ['openai()', 'my-openai', openai()],
  ['lmi()', 'my-llama', lmi()],
])('%s', (_, endpointName, contentHandler) => {
  const options = { contentHandler, maxNewTokens: 8, seed: 7 }

  test('complete and streamComplete say the same', async () => {
    const llm = new SagemakerLLM({ ...connection(endpointName), ...options })
    const whole = await llm.complete('The capital of France is')
    const streamed = await collect(llm.streamComplete('The capital of France is'))
    expect(whole.text).not.toBe('')
    expect(streamed.text).toBe(whole.text)
    expect(whole.stopReason).toBe('max_tokens')
    expect(streamed.stopReason).toBe('max_tokens')
    expect(streamed.usage?.outputTokens).toBe(8)
    expect(whole.response).toMatchObject({ statusCode: 200, attempts: 1, warnings: [] })
  })

  test('chat and streamChat say the same', async () => {
    const llm = new SagemakerLLM({ ...connection(endpointName), ...options })
    const messages = [{ role: 'user' as const, content: 'Hello' }]
    const whole = await llm.chat(messages)
    const streamed = await collect(llm.streamChat(messages))
    expect(whole.message).toEqual({ role: 'assistant', content: [{ text: whole.text }] })
    expect(streamed.text).toBe(whole.text)
    expect(streamed.message).toEqual(whole.message)
    expect(streamed.usage).toEqual(whole.usage)
  })
})

describe('SagemakerLLM', () => {
  test('every fragment has the text so far, and the last one how it ended', async () => {
    const llm = new SagemakerLLM({ ...connection(), maxNewTokens: 4, seed: 7 })
    const chunks = await firstValueFrom(llm.streamComplete('The capital of France is').pipe(toArray()))
    let text = ''
    for (const chunk of chunks) {
      text += chunk.delta
      expect(chunk.text).toBe(text)
    }
    expect(chunks.slice(0, -1).every((chunk) => chunk.stopReason === undefined && chunk.response === undefined)).toBe(
      true,
    )
    expect(chunks.at(-1)).toMatchObject({ delta: '', stopReason: 'max_tokens', rawStopReason: 'length' })
    expect(chunks.at(-1)?.response?.requestId).toEqual(expect.any(String))
  })

  test('options of a call override those of the object, and undefined overrides nothing', async () => {
    const llm = new SagemakerLLM({
      ...connection('my-echo'),
      temperature: 0.5,
      topK: 5,
      additionalParameters: { watermark: true },
    })
    const { text } = await llm.complete('x', { temperature: undefined, topK: 7, maxNewTokens: 3 })
    expect(JSON.parse(text)).toEqual({
      inputs: 'x',
      parameters: {
        max_new_tokens: 3,
        temperature: 0.5,
        top_k: 7,
        details: true,
        return_full_text: false,
        watermark: true,
      },
      stream: false,
    })
  })

  test('metadata say what is known before a call', () => {
    expect(new SagemakerLLM(connection()).metadata).toEqual({
      contextWindow: 2048,
      maxNewTokens: 512,
      modelName: 'my-llama',
      isChatModel: true,
    })
    const named = new SagemakerLLM({ ...connection(), modelName: 'llama', contextWindow: 8192, maxNewTokens: 64 })
    expect(named.metadata).toMatchObject({ contextWindow: 8192, maxNewTokens: 64, modelName: 'llama' })
  })

  test('an endpoint can be shared, and is then not closed with the model', async () => {
    const endpoint = new SagemakerEndpoint(connection())
    const llm = new SagemakerLLM({ endpoint, maxNewTokens: 2 })
    llm.close()
    expect((await llm.complete('Hi')).text).not.toBe('')
    // @ts-expect-error region belongs to the endpoint
    expect(() => new SagemakerLLM({ endpoint, region: 'us-east-1' })).toThrow('region: an endpoint was passed in')
    endpoint.close()
  })

  test('what could not be sent is named in the response, of a stream in its last fragment', async () => {
    const options = { contentHandler: huggingface(), seed: 7 }
    const llm = new SagemakerLLM({ ...connection('my-echo'), ...options })
    const warnings = [{ option: 'seed', message: 'seed was not sent: huggingface has no such parameter' }]
    expect((await llm.complete('Hi')).response.warnings).toEqual(warnings)
    expect((await collect(llm.streamComplete('Hi'))).response.warnings).toEqual(warnings)
  })

  test('custom attributes of the format and of the user are sent together', async () => {
    const contentHandler = jumpstartLlama2({ acceptEula: true })
    const llm = new SagemakerLLM({ ...connection('my-echo'), contentHandler, customAttributes: 'trace=1' })
    await llm.complete('Hi')
    await llm.complete('Hi', { customAttributes: 'trace=2' })
    const sent = runtime.requests.slice(-2).map((request) => request.customAttributes)
    expect(sent).toEqual(['accept_eula=true,trace=1', 'accept_eula=true,trace=2'])
  })

  test('chats also go over the OpenAI-compatible path of the endpoint', async () => {
    const llm = new SagemakerLLM({ ...connection('my-openai'), transport: 'openai', maxNewTokens: 5, seed: 7 })
    const messages = [{ role: 'user' as const, content: 'Hello' }]
    const whole = await llm.chat(messages)
    expect(runtime.requests.at(-1)?.operation).toBe('openai')
    expect(whole).toMatchObject({ stopReason: 'max_tokens', text: expect.stringMatching(/.+/) })
    expect((await collect(llm.streamChat(messages))).text).toBe(whole.text)
  })

  test('leaving a stream early closes its socket', async () => {
    await using endless = await startLocalRuntime({
      endpoints: { 'my-endless': scripted(() => stream([part(firstToken), stall()])) },
    })
    const llm = new SagemakerLLM({ ...connection('my-endless'), endpoint: endless.url })
    for await (const chunk of llm.streamComplete('Once upon a time')) {
      expect(chunk.text).toBe('Hi')
      expect(endless.openSockets).toBe(1)
      break
    }
    await expect.poll(() => endless.openSockets, { timeout: 5_000 }).toBe(0)
  })
})

const firstToken =
  'data: {"index":1,"token":{"id":1,"text":"Hi","special":false},"generated_text":null,"details":null}\n\n'
