import type { LanguageModelV4CallOptions } from '@ai-sdk/provider'
import { json } from '@x/sagemaker-local'
import { ai21, cohere, huggingface, openai, tgi } from '@x/sagemaker-llm'
import { Buffer } from 'node:buffer'
import { describe, expect, test } from 'vitest'
import { completion } from './__fixtures__/wire.ts'
import type { SagemakerLanguageModelSettings } from './contract/settings.ts'
import type { Warning } from './contract/stream-part.ts'
import { hosts } from './test-support/hosts.ts'
import { hello } from './test-support/read-parts.ts'
import { scriptedEndpoint } from './test-support/scripted-endpoint.ts'

type Call = Partial<LanguageModelV4CallOptions>

interface Case {
  readonly name: string
  readonly call: Call
  readonly settings?: SagemakerLanguageModelSettings
  /** The body that is sent, without `messages` where they are those of {@link hello}. */
  readonly body: object
  readonly warnings?: readonly Partial<Warning>[]
  /**
   * What the container answers.
   *
   * @defaultValue a chat completion
   */
  readonly answer?: unknown
}

const schema = { type: 'object', properties: { a: { type: 'number' } } } as const
const f = { type: 'function', name: 'f', description: 'F', inputSchema: { type: 'object' } } as const
const sentF = { type: 'function', function: { name: 'f', description: 'F', parameters: { type: 'object' } } }
const png = Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0])
const pngUrl = `data:image/png;base64,${Buffer.from(png).toString('base64')}`
const user = (...content: readonly object[]): Call => ({ prompt: [{ role: 'user', content: content as never }] })
const results = (output: object): Call => ({
  prompt: [
    ...hello,
    { role: 'assistant', content: [{ type: 'tool-call', toolCallId: 'a', toolName: 'f', input: { city: 'Bern' } }] },
    { role: 'tool', content: [{ type: 'tool-result', toolCallId: 'a', toolName: 'f', output: output as never }] },
  ],
})
const answered = (content: string): object => ({
  messages: [
    { role: 'user', content: 'Hello' },
    {
      role: 'assistant',
      content: null,
      tool_calls: [{ id: 'a', type: 'function', function: { name: 'f', arguments: '{"city":"Bern"}' } }],
    },
    { role: 'tool', tool_call_id: 'a', content },
  ],
})
const imageMessage = (url: string): object => ({
  messages: [{ role: 'user', content: [{ type: 'image_url', image_url: { url } }] }],
})
/** What the container gets for a tool result of a text and an image, and the warning for it. */
const answeredWithImage = {
  body: {
    messages: [
      ...(answered('A chart.') as { readonly messages: readonly object[] }).messages,
      ...(imageMessage(pngUrl) as { readonly messages: readonly object[] }).messages,
    ],
  },
  warnings: [{ type: 'other' }],
} satisfies Partial<Case>
const unsupported = (feature: string): Partial<Warning> => ({ type: 'unsupported', feature })

const cases: readonly Case[] = [
  { name: 'what is not given is left to the container', call: {}, body: {} },
  {
    name: 'settings of the model apply where the call has none',
    call: { topP: 0.5 },
    settings: { temperature: 0.2, maxNewTokens: 9, topP: 0.9 },
    body: { temperature: 0.2, max_tokens: 9, top_p: 0.5 },
  },
  {
    name: 'all settings have the names of the container',
    call: {
      maxOutputTokens: 5,
      temperature: 0,
      topP: 0.9,
      topK: 4,
      seed: 7,
      stopSequences: ['#'],
      presencePenalty: 0.1,
      frequencyPenalty: 0.2,
    },
    body: {
      max_tokens: 5,
      temperature: 0,
      top_p: 0.9,
      top_k: 4,
      seed: 7,
      stop: ['#'],
      presence_penalty: 0.1,
      frequency_penalty: 0.2,
    },
  },
  {
    name: 'what the container has no parameter for is a warning with the name that the SDK has for it',
    call: { topK: 4, maxOutputTokens: 5 },
    settings: { contentHandler: tgi() },
    body: { max_tokens: 5 },
    warnings: [unsupported('topK')],
  },
  {
    name: 'JSON without a schema',
    call: { responseFormat: { type: 'json' } },
    body: { response_format: { type: 'json_object' } },
  },
  {
    name: 'JSON with a schema, its name and what it is for',
    call: { responseFormat: { type: 'json', schema, name: 'it', description: 'A number' } },
    body: {
      response_format: {
        type: 'json_schema',
        json_schema: { name: 'it', description: 'A number', schema, strict: true },
      },
    },
  },
  {
    name: 'JSON of a container that cannot: a warning, and the call goes on',
    call: { responseFormat: { type: 'json', schema } },
    settings: { contentHandler: huggingface() },
    body: {
      inputs: [{ role: 'user', content: 'Hello' }],
      parameters: { return_full_text: false },
      messages: undefined,
    },
    warnings: [unsupported('responseFormat')],
    answer: [{ generated_text: 'Hi' }],
  },
  {
    name: 'JSON by an instruction',
    call: { responseFormat: { type: 'json', schema } },
    settings: { jsonOutput: 'instruction' },
    body: {
      messages: [
        { role: 'system', content: expect.stringContaining(JSON.stringify(schema)) as unknown },
        { role: 'user', content: 'Hello' },
      ],
    },
  },
  {
    name: 'JSON by a tool',
    call: { responseFormat: { type: 'json', schema, description: 'A number' } },
    settings: { jsonOutput: 'tool' },
    body: {
      tools: [{ type: 'function', function: { name: 'json', description: 'A number', parameters: schema } }],
      tool_choice: { type: 'function', function: { name: 'json' } },
    },
  },
  {
    name: 'JSON by a tool beside others',
    call: { responseFormat: { type: 'json', schema }, tools: [f], toolChoice: { type: 'auto' } },
    settings: { jsonOutput: 'tool' },
    body: {
      tools: [
        sentF,
        { type: 'function', function: { name: 'json', description: 'Respond with JSON.', parameters: schema } },
      ],
      tool_choice: 'required',
    },
  },
  { name: 'a choice without tools is left out', call: { toolChoice: { type: 'auto' } }, body: {} },
  {
    name: 'tool choice auto',
    call: { tools: [f], toolChoice: { type: 'auto' } },
    body: { tools: [sentF], tool_choice: 'auto' },
  },
  {
    name: 'tool choice required',
    call: { tools: [f], toolChoice: { type: 'required' } },
    body: { tools: [sentF], tool_choice: 'required' },
  },
  {
    name: 'tool choice of one tool',
    call: { tools: [f], toolChoice: { type: 'tool', toolName: 'f' } },
    body: { tools: [sentF], tool_choice: { type: 'function', function: { name: 'f' } } },
  },
  { name: 'tool choice none sends no tools', call: { tools: [f], toolChoice: { type: 'none' } }, body: {} },
  {
    name: 'a tool of a provider is left out with a warning',
    call: { tools: [f, { type: 'provider', id: 'x.search', name: 'search', args: {} }] },
    body: { tools: [sentF] },
    warnings: [unsupported('provider-defined tool x.search')],
  },
  {
    name: 'strict is passed on, examples are a warning',
    call: { tools: [{ ...f, strict: true, inputExamples: [{ input: { city: 'Bern' } }] }] },
    body: { tools: [{ ...sentF, function: { ...sentF.function, strict: true } }] },
    warnings: [unsupported('inputExamples')],
  },
  { name: 'a tool result of text', call: results({ type: 'text', value: 'Sunny' }), body: answered('Sunny') },
  { name: 'a tool result of JSON', call: results({ type: 'json', value: { sky: 1 } }), body: answered('{"sky":1}') },
  { name: 'a tool error as text', call: results({ type: 'error-text', value: 'down' }), body: answered('down') },
  { name: 'a tool error as JSON', call: results({ type: 'error-json', value: { e: 1 } }), body: answered('{"e":1}') },
  {
    name: 'a denied tool call',
    call: results({ type: 'execution-denied', reason: 'Not now.' }),
    body: answered('Not now.'),
  },
  {
    name: 'a denied tool call without a reason',
    call: results({ type: 'execution-denied' }),
    body: answered('Tool execution denied.'),
  },
  {
    name: 'a tool result of several texts',
    call: results({
      type: 'content',
      value: [
        { type: 'text', text: 'A' },
        { type: 'text', text: 'B' },
      ],
    }),
    body: answered('A\nB'),
  },
  {
    name: 'several system messages',
    call: { prompt: [{ role: 'system', content: 'A' }, { role: 'system', content: 'B' }, ...hello] },
    body: {
      messages: [
        { role: 'system', content: 'A' },
        { role: 'system', content: 'B' },
        { role: 'user', content: 'Hello' },
      ],
    },
  },
  {
    name: 'results of tools that another provider ran stand behind their calls',
    call: {
      prompt: [
        ...hello,
        {
          role: 'assistant',
          content: [
            { type: 'tool-call', toolCallId: 'a', toolName: 'f', input: { city: 'Bern' }, providerExecuted: true },
            { type: 'tool-result', toolCallId: 'a', toolName: 'f', output: { type: 'text', value: 'Sunny' } },
            { type: 'text', text: 'It is sunny.' },
          ],
        },
      ],
    },
    body: {
      messages: [
        ...(answered('Sunny') as { messages: object[] }).messages,
        { role: 'assistant', content: 'It is sunny.' },
      ],
    },
  },
  {
    name: 'reasoning of earlier turns goes into the field of the container',
    call: {
      prompt: [
        ...hello,
        {
          role: 'assistant',
          content: [
            { type: 'reasoning', text: 'Hm' },
            { type: 'text', text: 'Hi' },
          ],
        },
        ...hello,
      ],
    },
    settings: { contentHandler: openai({ reasoningField: 'reasoning_content' }) },
    body: {
      messages: [
        { role: 'user', content: 'Hello' },
        { role: 'assistant', content: 'Hi', reasoning_content: 'Hm' },
        { role: 'user', content: 'Hello' },
      ],
    },
  },
  {
    name: 'options of the provider reach the container',
    call: {
      providerOptions: {
        sagemaker: {
          additionalParameters: { guided_regex: '[a-z]+' },
          parallelToolCalls: false,
          logprobs: 2,
          reasoningEffort: 'low',
        },
        other: { reasoningEffort: 'high' },
      },
      tools: [f],
    },
    body: {
      guided_regex: '[a-z]+',
      parallel_tool_calls: false,
      logprobs: true,
      top_logprobs: 2,
      reasoning_effort: 'low',
      tools: [sentF],
    },
  },
  {
    name: 'headers are a warning, except those of the host and those of SageMaker',
    call: { headers: { 'user-agent': 'ai/7', 'X-Trace': '1', other: undefined } },
    body: {},
    warnings: [{ type: 'unsupported', feature: 'headers', details: expect.stringContaining('X-Trace') as string }],
  },
]

/** Calls in the words of V4 only. */
const v4Cases: readonly Case[] = [
  {
    name: 'a tool result with an image',
    call: results({
      type: 'content',
      value: [
        { type: 'text', text: 'A chart.' },
        { type: 'file', mediaType: 'image/png', data: { type: 'data', data: png } },
      ],
    }),
    ...answeredWithImage,
  },
  {
    name: 'an image of bytes',
    call: user({ type: 'file', mediaType: 'image/png', data: { type: 'data', data: png } }),
    body: imageMessage(pngUrl),
  },
  {
    name: 'an image of base64 text whose format is not named',
    call: user({
      type: 'file',
      mediaType: 'image/*',
      data: { type: 'data', data: Buffer.from(png).toString('base64') },
    }),
    body: imageMessage(pngUrl),
  },
  {
    name: 'an image by its URL',
    call: user({ type: 'file', mediaType: 'image/*', data: { type: 'url', url: new URL('https://x.test/a.png') } }),
    body: imageMessage('https://x.test/a.png'),
  },
  {
    name: 'a text file',
    call: user({ type: 'file', mediaType: 'text/plain', data: { type: 'text', text: 'Hello' } }),
    body: {},
  },
  { name: 'the effort of reasoning', call: { reasoning: 'high' }, body: { reasoning_effort: 'high' } },
  { name: 'the default effort', call: { reasoning: 'provider-default' }, body: {} },
  {
    name: 'no reasoning, where it is not known how',
    call: { reasoning: 'none' },
    body: {},
    warnings: [unsupported('reasoning')],
  },
  {
    name: 'no reasoning, by the variable of the chat template',
    call: { reasoning: 'none' },
    settings: { reasoningSwitch: 'enable_thinking' },
    body: { chat_template_kwargs: { enable_thinking: false } },
  },
  {
    name: 'reasoning, by the variable of the chat template',
    call: { reasoning: 'high' },
    settings: { reasoningSwitch: 'thinking' },
    body: { chat_template_kwargs: { thinking: true } },
  },
]

/** The same files in the words of V3. */
const v3Cases: readonly Case[] = [
  {
    name: 'a tool result with an image',
    call: results({
      type: 'content',
      value: [
        { type: 'text', text: 'A chart.' },
        { type: 'image-data', mediaType: 'image/png', data: Buffer.from(png).toString('base64') },
      ],
    }),
    ...answeredWithImage,
  },
  {
    name: 'an image of bytes',
    call: user({ type: 'file', mediaType: 'image/png', data: png }),
    body: imageMessage(pngUrl),
  },
  {
    name: 'an image of base64 text whose format is not named',
    call: user({ type: 'file', mediaType: 'image/*', data: Buffer.from(png).toString('base64') }),
    body: imageMessage(pngUrl),
  },
  {
    name: 'an image by its URL',
    call: user({ type: 'file', mediaType: 'image/*', data: new URL('https://x.test/a.png') }),
    body: imageMessage('https://x.test/a.png'),
  },
]

const it = scriptedEndpoint()

describe.each(hosts)('in specification $version', ({ version, createSagemaker }) => {
  test.each([...cases, ...(version === 'v4' ? v4Cases : v3Cases)])('$name', async (one) => {
    const model = createSagemaker(it.runtime.connection)('it', { contentHandler: openai(), ...one.settings })
    it.answer(() => json(one.answer ?? completion({ content: 'Hi' }, 'stop')))
    const { request, warnings } = await model.doGenerate({ prompt: hello, ...one.call })
    const messages = [{ role: 'user', content: 'Hello' }]
    expect(it.bodies).toEqual([one.answer === undefined ? { messages, stream: false, ...one.body } : one.body])
    expect(request?.body).toEqual(it.bodies[0])
    expect(warnings).toMatchObject(one.warnings ?? [])
    expect(warnings).toHaveLength(one.warnings?.length ?? 0)
  })

  const model = (settings?: SagemakerLanguageModelSettings) => createSagemaker(it.runtime.connection)('it', settings)

  test('routing and time limits of the call reach SageMaker', async () => {
    it.answer(() => json(completion({ content: 'Hi' }, 'stop')))
    await model({ targetVariant: 'ofModel', inferenceId: 'ofModel' }).doGenerate({
      prompt: hello,
      headers: { 'X-Amzn-SageMaker-Custom-Attributes': 'trace=1', 'X-Amzn-SageMaker-Inference-Id': 'ofHeader' },
      providerOptions: {
        sagemaker: {
          targetVariant: 'AllTraffic',
          sessionId: 'session-1',
          prefixAwareId: 'user-1',
          timeouts: { totalMs: 9_000 },
        },
      },
    })
    expect(it.requests[0]?.headers).toMatchObject({
      'x-amzn-sagemaker-custom-attributes': 'trace=1',
      'x-amzn-sagemaker-inference-id': 'ofHeader',
      'x-amzn-sagemaker-target-variant': 'AllTraffic',
      'x-amzn-sagemaker-session-id': 'session-1',
    })
  })

  test('time limits of the call are kept', async () => {
    it.answer(() => new Promise(() => {}))
    const call = { prompt: hello, providerOptions: { sagemaker: { timeouts: { firstByteMs: 30 } } } }
    await expect(Promise.resolve(model().doGenerate(call))).rejects.toMatchObject({ cause: { code: 'timeout' } })
  })

  test.each([
    ['there is no such option', { prefixAware: 'user-1' }],
    ['must be of type string', { targetVariant: 1 }],
    ['must be of type boolean or number', { logprobs: 'yes' }],
    ['there is no such option', { constructor: 'x' }],
  ])('a wrong option of the provider is refused: %s', async (problem, options) => {
    it.answer(() => json({}))
    const call = { prompt: hello, providerOptions: { sagemaker: options } }
    const name = Object.keys(options)[0]!
    await expect(Promise.resolve(model().doStream(call as never))).rejects.toMatchObject({
      name: 'AI_InvalidArgumentError',
      argument: `providerOptions.sagemaker.${name}`,
      message: expect.stringContaining(problem) as string,
    })
    expect(it.requests).toHaveLength(0)
  })

  test.each(['application/pdf', 'audio/wav', 'image/tiff'])(
    'a file of type %s is refused before sending',
    async (type) => {
      it.answer(() => json({}))
      const data = version === 'v4' ? { type: 'data', data: png } : png
      const call = user({ type: 'file', mediaType: type, data })
      await expect(Promise.resolve(model().doGenerate({ prompt: hello, ...call }))).rejects.toMatchObject({
        name: 'AI_UnsupportedFunctionalityError',
        functionality: `file part with media type ${type}`,
      })
      expect(it.requests).toHaveLength(0)
    },
  )

  test('what nobody asked for is warned of once', async () => {
    it.answer(() => json(completion({ content: 'Hi' }, 'stop')))
    const prompt = [
      ...hello,
      { role: 'assistant' as const, content: [{ type: 'reasoning' as const, text: 'Hm' }] },
      ...hello,
    ]
    const one = model()
    const first = await one.doGenerate({ prompt })
    const second = await one.doGenerate({ prompt })
    expect([first.warnings, second.warnings]).toEqual([[{ type: 'other', message: expect.any(String) as unknown }], []])
  })

  test('what a format cannot do is refused before sending', async () => {
    it.answer(() => json({}))
    const asked = [
      model({ contentHandler: cohere() }).doGenerate({ prompt: hello, tools: [f], toolChoice: { type: 'required' } }),
      model({ contentHandler: ai21(), messagesToPrompt: 'chatml' }).doGenerate({
        prompt: hello,
        tools: [f],
        toolChoice: { type: 'required' },
      }),
    ]
    for (const call of asked) {
      await expect(Promise.resolve(call)).rejects.toMatchObject({
        name: 'AI_APICallError',
        statusCode: undefined,
        isRetryable: false,
        cause: { code: 'invalid-request' },
      })
    }
    expect(it.requests).toHaveLength(0)
  })

  test('URLs of images are left to the container only if it fetches them', () => {
    expect(model().supportedUrls).toEqual({})
    expect(model({ imageUrls: true }).supportedUrls).toEqual({ 'image/*': [/^https?:\/\//] })
  })
})
