import { SagemakerError } from '@x/sagemaker-endpoint'
import { describe, expect, test } from 'vitest'
import { weatherTool } from '../__fixtures__/container-fixture.ts'
import { modelMessages } from '../call/write-model-call.ts'
import { ai21 } from './ai21.ts'
import { auto } from './auto.ts'
import { bedrockCompat } from './bedrock-compat.ts'
import { cohere } from './cohere.ts'
import type { ContentHandler } from '../contract/content-handler.ts'
import { huggingface } from './huggingface.ts'
import { jumpstartLlama2 } from './jumpstart-llama2.ts'
import { jumpstartText2Text } from './jumpstart-text2text.ts'
import { lmi } from './lmi.ts'
import type { MessagesCall, ModelCallBase, PromptCall } from '../contract/model-call.ts'
import { openai } from './openai.ts'
import { tgi } from './tgi.ts'
import { triton } from './triton.ts'
import type { ChatMessage } from '@x/bedrock-like-types'

const everyHandler = [
  ai21(),
  auto(),
  bedrockCompat(),
  cohere(),
  huggingface(),
  jumpstartLlama2(),
  jumpstartText2Text(),
  lmi(),
  openai(),
  tgi(),
  triton(),
].map((handler) => [handler.name, handler] as const)

const base = { temperature: 0.1, maxNewTokens: 512, stream: false }

function prompt(options: Partial<ModelCallBase> = {}, text = 'Hello'): PromptCall {
  return { ...base, ...options, prompt: text }
}

function chat(messages: readonly ChatMessage[], options: Partial<ModelCallBase> = {}): MessagesCall {
  return { ...base, ...options, messages: modelMessages(messages) }
}

function bodyOf(handler: ContentHandler, call: PromptCall | MessagesCall): Record<string, unknown> {
  return JSON.parse(new TextDecoder().decode(handler.request(call).body)) as Record<string, unknown>
}

function refusal(handler: ContentHandler, call: PromptCall | MessagesCall): string {
  try {
    handler.request(call)
  } catch (error) {
    if (SagemakerError.is(error) && error.code === 'invalid-request')
      return error.message.replace('invalid-request: ', '')
    throw error
  }
  return 'not refused'
}

const user = (...content: Exclude<ChatMessage['content'], string | undefined>): ChatMessage => ({
  role: 'user',
  content,
})
const image = { image: { format: 'png', source: { bytes: new Uint8Array([1, 2, 255]) } } } as const

describe('every option is sent, used or named', () => {
  const sampling = { topP: 0.9, topK: 13, seed: 31, stopSequences: ['##'] }

  test.each(everyHandler)('%s: no sampling option is lost without a word', (_, handler) => {
    const { body, warnings } = handler.request(prompt({ ...sampling, temperature: 0.3, maxNewTokens: 77 }))
    const sent = new TextDecoder().decode(body)
    const values = {
      topP: '0.9',
      topK: '13',
      seed: '31',
      stopSequences: '"##"',
      temperature: '0.3',
      maxNewTokens: '77',
    }
    for (const [option, value] of Object.entries(values)) {
      const isSent = sent.includes(`:${value}`) || sent.includes(`[${value}]`)
      const isNamed = warnings.some(
        (warning) => warning.option === option && warning.message.startsWith(`${option} was not sent: ${handler.name}`),
      )
      expect({ option, isSent, isNamed }).toEqual({ option, isSent: !isNamed, isNamed })
    }
  })

  test.each(everyHandler)('%s: parameters of the container win over everything else', (_, handler) => {
    const body = bodyOf(handler, prompt({ additionalParameters: { temperature: 9, my_own: [1], max_tokens: 5 } }))
    const place = (body['parameters'] as Record<string, unknown> | undefined) ?? body
    expect(place).toMatchObject({ temperature: 9, my_own: [1], max_tokens: 5 })
  })

  test.each(everyHandler)('%s: without options only the defaults are sent', (_, handler) => {
    const sent = new TextDecoder().decode(handler.request(prompt()).body)
    expect(sent).not.toMatch(/top_?[pk]|"[pk]":|seed|stop/i)
    expect(handler.request(prompt()).warnings).toEqual([])
  })

  test.each(everyHandler)('%s: temperature and length are left to the container', (_, handler) => {
    const sent = new TextDecoder().decode(
      handler.request(prompt({ temperature: undefined, maxNewTokens: undefined })).body,
    )
    expect(sent).not.toMatch(/temp|max|length|do_sample/i)
  })

  test('a parameter that is undefined leaves out what would be sent', () => {
    const additionalParameters = { return_full_text: undefined }
    expect(bodyOf(huggingface(), prompt({ additionalParameters }))['parameters']).not.toHaveProperty('return_full_text')
  })

  test('the name of the model is sent where the format has one, and only if there is one', () => {
    const conversation = chat([{ role: 'user', content: 'Hi' }], { modelName: 'meta/llama3-8b-instruct' })
    expect(bodyOf(openai(), conversation)['model']).toBe('meta/llama3-8b-instruct')
    expect(bodyOf(openai(), chat([{ role: 'user', content: 'Hi' }]))).not.toHaveProperty('model')
  })
})

describe('penalties, reasoning effort and log probabilities', () => {
  const hi = [{ role: 'user', content: 'Hi' }] as const

  test('log probabilities are written as a chat or a completion wants them', () => {
    expect(bodyOf(openai(), chat(hi, { logprobs: true }))).toMatchObject({ logprobs: true })
    expect(bodyOf(openai(), chat(hi, { logprobs: true }))).not.toHaveProperty('top_logprobs')
    expect(bodyOf(openai(), chat(hi, { logprobs: 3 }))).toMatchObject({ logprobs: true, top_logprobs: 3 })
    expect(bodyOf(openai(), prompt({ logprobs: true }))).toMatchObject({ logprobs: 1 })
    expect(bodyOf(openai(), prompt({ logprobs: 3 }))).toMatchObject({ logprobs: 3 })
    expect(bodyOf(tgi(), prompt({ logprobs: 3 }))['parameters']).toMatchObject({ top_n_tokens: 3, details: true })
  })

  test.each(everyHandler)('%s: log probabilities that are not wanted are not sent', (_, handler) => {
    const { body, warnings } = handler.request(prompt({ logprobs: false }))
    expect(new TextDecoder().decode(body)).not.toMatch(/prob/)
    expect(warnings).toEqual([])
  })

  test('parallel tool calls are only spoken of where there are tools', () => {
    expect(bodyOf(openai(), chat(hi, { parallelToolCalls: false }))).not.toHaveProperty('parallel_tool_calls')
    const withTools = chat(hi, { parallelToolCalls: false, tools: [weatherTool] })
    expect(bodyOf(openai(), withTools)).toMatchObject({ parallel_tool_calls: false })
    expect(tgi().request(withTools).warnings).toEqual([
      { option: 'parallelToolCalls', message: 'parallelToolCalls was not sent: tgi has no such parameter' },
    ])
  })

  test('AI21 scales its penalties, Triton types them', () => {
    expect(bodyOf(ai21(), prompt({ presencePenalty: 0.5 }))['presencePenalty']).toEqual({ scale: 0.5 })
    const tensors = bodyOf(triton({ inferenceType: 'infer' }), prompt({ frequencyPenalty: 0.5, logprobs: true }))
    expect(tensors['inputs']).toContainEqual({
      name: 'frequency_penalty',
      datatype: 'FP32',
      shape: [1, 1],
      data: [0.5],
    })
    expect(tensors['inputs']).toContainEqual({
      name: 'return_log_probs',
      datatype: 'BOOL',
      shape: [1, 1],
      data: [true],
    })
  })

  test('a schema is sent with its name and description', () => {
    const schema = { type: 'object' }
    const responseFormat = { type: 'json', schema, name: 'city', description: 'A city' } as const
    expect(bodyOf(openai(), chat(hi, { responseFormat }))['response_format']).toEqual({
      type: 'json_schema',
      json_schema: { name: 'city', description: 'A city', schema, strict: true },
    })
  })

  test('Cohere is shown no tools when it can call none', () => {
    const call = chat(hi, { tools: [weatherTool], toolChoice: { none: {} } })
    expect(bodyOf(cohere(), call)).not.toHaveProperty('tools')
  })
})

describe("Cohere's chat API v2", () => {
  const v2 = cohere({ api: 'v2' })
  const hi = [{ role: 'user', content: 'Hi' }] as const

  test("takes OpenAI's messages, and Cohere's own names for the options", () => {
    expect(bodyOf(v2, chat(hi, { topP: 1, topK: 5, stopSequences: ['#'], stream: true }))).toEqual({
      messages: [{ role: 'user', content: 'Hi' }],
      temperature: 0.1,
      max_tokens: 512,
      p: 0.99,
      k: 5,
      stop_sequences: ['#'],
      stream: true,
    })
    expect(bodyOf(v2, prompt())).toMatchObject({ messages: [{ role: 'user', content: 'Hello' }] })
  })

  test('can require a tool or forbid all, but not name one', () => {
    const withTools = (toolChoice: ModelCallBase['toolChoice']): MessagesCall =>
      chat(hi, { tools: [weatherTool], toolChoice })
    expect(bodyOf(v2, withTools({ any: {} }))).toMatchObject({ tool_choice: 'REQUIRED', tools: [{ type: 'function' }] })
    expect(bodyOf(v2, withTools({ none: {} }))).toMatchObject({ tool_choice: 'NONE' })
    expect(bodyOf(v2, withTools({ auto: {} }))).not.toHaveProperty('tool_choice')
    expect(refusal(v2, withTools({ tool: { name: 'get_weather' } }))).toContain('toolChoice')
  })

  test('is held to JSON by a schema', () => {
    const schema = { type: 'object' }
    const body = bodyOf(v2, chat(hi, { responseFormat: { type: 'json', schema } }))
    expect(body['response_format']).toEqual({ type: 'json_object', json_schema: schema })
  })
})

describe('an ability that a container has not is refused by its name', () => {
  const abilities = {
    tools: chat([{ role: 'user', content: 'Hi' }], { tools: [weatherTool] }),
    JSON: chat([{ role: 'user', content: 'Hi' }], { responseFormat: { type: 'json' } }),
    images: chat([user({ text: 'Look' }, image)]),
    'tool results': chat([{ role: 'tool', toolCallId: 'c1', content: '42' }]),
  }
  const refusing = [huggingface(), jumpstartLlama2()].flatMap((handler) =>
    Object.entries(abilities).map(([ability, call]) => [handler.name, ability, handler, call] as const),
  )

  test.each(refusing)('%s: %s', (name, _, handler, call) => {
    expect(refusal(handler, call)).toContain(name)
  })

  test('JSON on containers that cannot be held to it', () => {
    const call = prompt({ responseFormat: { type: 'json', schema: {} } })
    for (const handler of [ai21(), bedrockCompat(), cohere(), jumpstartText2Text(), lmi(), triton()]) {
      expect(refusal(handler, call)).toBe(`responseFormat: ${handler.name} cannot be held to JSON`)
    }
  })

  test('Cohere: images, a forced tool, and tool results without their call', () => {
    expect(refusal(cohere(), chat([user(image)]))).toContain('cohere')
    const forced = chat([{ role: 'user', content: 'Hi' }], { tools: [weatherTool], toolChoice: { any: {} } })
    expect(refusal(cohere(), forced)).toBe('toolChoice: cohere cannot force a tool')
    const orphan = [
      { role: 'user', content: 'Hi' },
      { role: 'tool', toolCallId: 'c1', content: '42' },
    ] as const
    expect(refusal(cohere(), chat(orphan))).toContain('toolUseId')
    const last = [
      { role: 'user', content: 'Hi' },
      { role: 'assistant', content: 'Ho' },
    ] as const
    expect(refusal(cohere(), chat(last))).toContain('cohere')
  })

  test('TGI: JSON and tools at once', () => {
    const call = chat([{ role: 'user', content: 'Hi' }], { tools: [weatherTool], responseFormat: { type: 'json' } })
    expect(refusal(tgi(), call)).toContain('tgi')
  })

  test('content that no container takes', () => {
    const document = user({ document: { name: 'a', source: { text: 'b' } } })
    for (const handler of [openai(), auto(), cohere(), huggingface()]) {
      expect(refusal(handler, chat([document]))).toContain('document')
    }
    expect(refusal(openai(), chat([user({ $unknown: ['hologram', {}] })]))).toContain('hologram')
    const video = { video: { format: 'mp4', source: { bytes: new Uint8Array() } } } as const
    expect(refusal(openai(), chat([user({ toolResult: { toolUseId: 'c1', content: [video] } })]))).toBe(
      'toolResult.content: video cannot be sent, only text and json can',
    )
  })

  test('tools that no container runs', () => {
    const messages: readonly ChatMessage[] = [{ role: 'user', content: 'Hi' }]
    expect(refusal(openai(), chat(messages, { tools: [{ cachePoint: { type: 'default' } }] }))).toContain('cachePoint')
    expect(refusal(cohere(), chat(messages, { tools: [{ systemTool: { name: 'x' } }] }))).toContain('systemTool')
  })
})

describe('OpenAI messages', () => {
  test('a turn with tools: calls with JSON text as arguments, results before the rest of their turn', () => {
    const conversation = chat([
      { role: 'user', content: 'Weather?' },
      {
        role: 'assistant',
        content: [
          { text: 'Let me look.' },
          { toolUse: { toolUseId: 'c1', name: 'get_weather', input: { city: 'Zürich' } } },
          { toolUse: { toolUseId: 'c2', name: 'now', input: undefined } },
        ],
      },
      user(
        { text: 'And tomorrow?' },
        { toolResult: { toolUseId: 'c1', content: [{ json: { sky: 'blue' } }] } },
        { toolResult: { toolUseId: 'c2', content: [{ text: '12' }, { text: '00' }], status: 'error' } },
      ),
      { role: 'tool', toolCallId: 'c3', content: 'rain' },
    ])
    expect(bodyOf(openai(), conversation)['messages']).toEqual([
      { role: 'user', content: 'Weather?' },
      {
        role: 'assistant',
        content: 'Let me look.',
        tool_calls: [
          { id: 'c1', type: 'function', function: { name: 'get_weather', arguments: '{"city":"Zürich"}' } },
          { id: 'c2', type: 'function', function: { name: 'now', arguments: '{}' } },
        ],
      },
      { role: 'tool', tool_call_id: 'c1', content: '{"sky":"blue"}' },
      { role: 'tool', tool_call_id: 'c2', content: '12\n00' },
      { role: 'user', content: 'And tomorrow?' },
      { role: 'tool', tool_call_id: 'c3', content: 'rain' },
    ])
    expect(openai().request(conversation).warnings).toEqual([
      { message: 'toolResult.status was not sent: tell of the error in its content' },
    ])
  })

  test('images in results of tools follow all results of their turn, in a message of the user', () => {
    const conversation = chat([
      user(
        { toolResult: { toolUseId: 'c1', content: [{ text: 'A chart.' }, image] } },
        { toolResult: { toolUseId: 'c2', content: [{ text: 'No chart.' }] } },
        { text: 'Which is better?' },
      ),
    ])
    const messages = bodyOf(openai(), conversation)['messages']
    expect(messages).toEqual([
      { role: 'tool', tool_call_id: 'c1', content: 'A chart.' },
      { role: 'tool', tool_call_id: 'c2', content: 'No chart.' },
      {
        role: 'user',
        content: [
          { type: 'image_url', image_url: { url: expect.stringMatching(/^data:image\/|^https:/) as string } },
          { type: 'text', text: 'Which is better?' },
        ],
      },
    ])
    expect(openai().request(conversation).warnings).toEqual([
      { message: 'the images in toolResult were sent in a message of the user after it' },
    ])
  })

  test('a turn of calls alone has no text', () => {
    const call = { toolUse: { toolUseId: 'c1', name: 'f', input: {} } }
    const [message] = bodyOf(openai(), chat([{ role: 'assistant', content: [call] }]))['messages'] as object[]
    expect(message).toMatchObject({ role: 'assistant', content: null })
  })

  test('images as bytes and as addresses', () => {
    const address = { image: { format: undefined, source: { url: 'https://example.com/a.png' } } } as const
    const [message] = bodyOf(openai(), chat([user({ text: 'Compare' }, image, address)]))['messages'] as object[]
    expect(message).toEqual({
      role: 'user',
      content: [
        { type: 'text', text: 'Compare' },
        { type: 'image_url', image_url: { url: 'data:image/png;base64,AQL/' } },
        { type: 'image_url', image_url: { url: 'https://example.com/a.png' } },
      ],
    })
    const stored = { image: { format: 'png', source: { s3Location: { uri: 's3://b/k' } } } } as const
    expect(refusal(openai(), chat([user(stored)]))).toContain('image.source')
  })

  test('reasoning of earlier turns is sent only where it is wanted', () => {
    const thought = { reasoningContent: { reasoningText: { text: 'Hm.' } } }
    const conversation = chat([
      { role: 'assistant', content: [thought, { text: 'Four.' }] },
      { role: 'user', content: 'Why?' },
    ])
    const [dropped] = bodyOf(openai(), conversation)['messages'] as object[]
    expect(dropped).toEqual({ role: 'assistant', content: 'Four.' })
    expect(openai().request(conversation).warnings).toEqual([
      { message: 'reasoningContent of earlier turns was not sent' },
    ])
    const wanted = openai({ reasoningField: 'reasoning_content' })
    const [sent] = bodyOf(wanted, conversation)['messages'] as object[]
    expect(sent).toEqual({ role: 'assistant', content: 'Four.', reasoning_content: 'Hm.' })
    expect(wanted.request(conversation).warnings).toEqual([])
  })

  test('every tool choice', () => {
    const choose = (toolChoice: ModelCallBase['toolChoice']) =>
      bodyOf(openai(), chat([{ role: 'user', content: 'Hi' }], { tools: [weatherTool], toolChoice }))['tool_choice']
    expect(choose({ auto: {} })).toBe('auto')
    expect(choose({ none: {} })).toBe('none')
    expect(choose({ any: {} })).toBe('required')
    expect(choose({ tool: { name: 'f' } })).toEqual({ type: 'function', function: { name: 'f' } })
    expect(choose(undefined)).toBeUndefined()
  })

  test('free text needs no format, JSON without a schema is any object', () => {
    const format = (responseFormat: ModelCallBase['responseFormat']) =>
      bodyOf(openai(), chat([{ role: 'user', content: 'Hi' }], { responseFormat }))['response_format']
    expect(format({ type: 'text' })).toBeUndefined()
    expect(format({ type: 'json' })).toEqual({ type: 'json_object' })
  })
})

describe('single containers', () => {
  test('auto() sends a prompt as TGI and LMI take it, with only what was given', () => {
    const call = prompt({ topP: 0.5, topK: 4, seed: 1, stopSequences: ['#'], stream: true })
    expect(bodyOf(auto(), call)).toEqual({
      inputs: 'Hello',
      parameters: {
        max_new_tokens: 512,
        temperature: 0.1,
        top_p: 0.5,
        top_k: 4,
        seed: 1,
        stop: ['#'],
        details: true,
        return_full_text: false,
      },
      stream: true,
    })
    expect(bodyOf(auto(), prompt({ temperature: 0, topP: 1 }))['parameters']).toEqual({
      max_new_tokens: 512,
      do_sample: false,
      details: true,
      return_full_text: false,
    })
  })

  test('TGI ignores top_k of a chat without a word, so it is named', () => {
    const call = chat([{ role: 'user', content: 'Hi' }], { topK: 5 })
    expect(bodyOf(tgi(), call)).not.toHaveProperty('top_k')
    expect(tgi().request(call).warnings).toEqual([
      { option: 'topK', message: 'topK was not sent: tgi has no such parameter' },
    ])
  })

  test('the licence of Llama 2 is accepted in the custom attributes, and only if it is', () => {
    expect(jumpstartLlama2().request(prompt()).customAttributes).toBeUndefined()
    expect(jumpstartLlama2({ acceptEula: true }).request(prompt()).customAttributes).toBe('accept_eula=true')
  })

  test('what Cohere cannot be told about the parameters of a tool is named', () => {
    const tool = {
      toolSpec: {
        name: 'order',
        inputSchema: {
          json: {
            type: 'object',
            required: ['size'],
            properties: {
              size: { type: 'string', enum: ['S', 'L'], description: 'The size' },
              count: { type: 'integer' },
              extras: { type: 'array', items: { type: 'string' } },
            },
          },
        },
      },
    }
    const call = chat([{ role: 'user', content: 'Hi' }], { tools: [tool] })
    expect(bodyOf(cohere(), call)['tools']).toEqual([
      {
        name: 'order',
        description: '',
        parameter_definitions: {
          size: { type: 'str', description: 'The size', required: true },
          count: { type: 'int', required: false },
          extras: { type: 'list', required: false },
        },
      },
    ])
    expect(cohere().request(call).warnings).toEqual([
      { option: 'tools', message: 'tools: enum of order.size cannot be sent to Cohere' },
      { option: 'tools', message: 'tools: items of order.extras cannot be sent to Cohere' },
    ])
  })

  test('Cohere: all tools that were called since the last question are told of, with their results', () => {
    const conversation = chat(
      [
        { role: 'system', content: 'Be kind.' },
        { role: 'user', content: 'Hi' },
        { role: 'assistant', content: 'Ho' },
        { role: 'user', content: 'Weather?' },
        { role: 'assistant', content: [{ toolUse: { toolUseId: 'a', name: 'f', input: { x: 1 } } }] },
        user({ toolResult: { toolUseId: 'a', content: [{ json: { sky: 'blue' } }] } }),
        { role: 'assistant', content: [{ toolUse: { toolUseId: 'b', name: 'g', input: {} } }] },
        { role: 'tool', toolCallId: 'b', content: 'rain' },
      ],
      { tools: [weatherTool] },
    )
    expect(bodyOf(cohere(), conversation)).toMatchObject({
      message: 'Weather?',
      preamble: 'Be kind.',
      chat_history: [
        { role: 'USER', message: 'Hi' },
        { role: 'CHATBOT', message: 'Ho' },
      ],
      tool_results: [
        { call: { name: 'f', parameters: { x: 1 } }, outputs: [{ sky: 'blue' }] },
        { call: { name: 'g', parameters: {} }, outputs: [{ result: 'rain' }] },
      ],
    })
  })

  test('a prompt to Cohere as a message', () => {
    expect(bodyOf(cohere({ completeAs: 'message' }), prompt())).toMatchObject({ message: 'Hello' })
  })
})
