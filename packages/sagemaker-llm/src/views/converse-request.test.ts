import type { ConverseRequest, ConverseStreamRequest } from '@x/bedrock-like-types'
import type { ConverseCommandInput } from '@aws-sdk/client-bedrock-runtime'
import { SagemakerError } from '@x/sagemaker-endpoint'
import { describe, expect, test } from 'vitest'
import { converseCall } from './converse-request.ts'

const user = { role: 'user', content: [{ text: 'Hi' }] } as const
const weather = {
  toolSpec: { name: 'weather', description: 'Weather.', inputSchema: { json: { type: 'object' } } },
} as const

describe('a Converse request as a chat', () => {
  test('carries everything that a chat has', () => {
    const request: ConverseCommandInput = {
      modelId: 'anthropic.claude-3-haiku-20240307-v1:0',
      system: [{ text: 'Be brief.' }, { text: 'Be kind.' }],
      messages: [
        {
          role: 'user',
          content: [{ text: 'Hi' }, { image: { format: 'png', source: { bytes: new Uint8Array([1]) } } }],
        },
        {
          role: 'assistant',
          content: [
            { reasoningContent: { reasoningText: { text: 'hm', signature: 's' } } },
            { toolUse: { toolUseId: 't1', name: 'weather', input: { city: 'Paris' } } },
          ],
        },
        { role: 'user', content: [{ toolResult: { toolUseId: 't1', content: [{ json: { celsius: 22 } }] } }] },
      ],
      inferenceConfig: { maxTokens: 100, temperature: 0, topP: 0.9, stopSequences: ['END'] },
      toolConfig: {
        tools: [{ toolSpec: { name: 'weather', inputSchema: { json: { type: 'object' } } } }],
        toolChoice: { any: {} },
      },
      additionalModelRequestFields: { top_k: 5, repetition_penalty: 1.1 },
      outputConfig: {
        textFormat: {
          type: 'json_schema',
          structure: { jsonSchema: { schema: '{"type":"object"}', name: 'answer', description: 'An answer.' } },
        },
      },
      performanceConfig: { latency: 'optimized' },
      serviceTier: { type: 'priority' },
      requestMetadata: { team: 'a' },
    }
    expect(converseCall(request)).toEqual({
      messages: [
        { role: 'system', content: [{ text: 'Be brief.' }, { text: 'Be kind.' }] },
        ...(request.messages ?? []),
      ],
      options: {
        maxNewTokens: 100,
        temperature: 0,
        topP: 0.9,
        stopSequences: ['END'],
        tools: request.toolConfig?.tools,
        toolChoice: { any: {} },
        responseFormat: { type: 'json', schema: { type: 'object' }, name: 'answer' },
        additionalParameters: { top_k: 5, repetition_penalty: 1.1 },
      },
    })
  })

  test('says nothing of what was not said', () => {
    const { messages, options } = converseCall({ messages: [user] })
    expect(messages).toEqual([user])
    expect(Object.values(options).filter((value) => value !== undefined)).toEqual([])
  })

  test.each([{ auto: {} }, { any: {} }, { tool: { name: 'weather' } }])('hands on the tool choice %j', (toolChoice) => {
    expect(converseCall({ messages: [user], toolConfig: { tools: [weather], toolChoice } }).options.toolChoice).toEqual(
      toolChoice,
    )
  })
})

const withBlock = (block: object): ConverseRequest => ({
  messages: [user, { role: 'user', content: [{ text: 'see' }, block] }],
})
const bytes = new Uint8Array([1])
const at = 'messages[1].content[1]'

const refused: readonly (readonly [path: string, request: ConverseRequest | ConverseStreamRequest])[] = [
  ['guardrailConfig', { messages: [user], guardrailConfig: { guardrailIdentifier: 'g', guardrailVersion: '1' } }],
  ['promptVariables', { messages: [user], promptVariables: { name: { text: 'x' } } }],
  ['system[1].cachePoint', { messages: [user], system: [{ text: 'S' }, { cachePoint: { type: 'default' } }] }],
  ['system[0].guardContent', { messages: [user], system: [{ guardContent: { text: { text: 'S' } } }] }],
  [`${at}.document`, withBlock({ document: { name: 'd', format: 'pdf', source: { bytes } } })],
  [`${at}.video`, withBlock({ video: { format: 'mp4', source: { bytes } } })],
  [`${at}.audio`, withBlock({ audio: { format: 'mp3', source: { bytes } } })],
  [`${at}.cachePoint`, withBlock({ cachePoint: { type: 'default' } })],
  [`${at}.guardContent`, withBlock({ guardContent: { text: { text: 'S' } } })],
  [`${at}.citationsContent`, withBlock({ citationsContent: {} })],
  [`${at}.searchResult`, withBlock({ searchResult: { source: 's', title: 't', content: [] } })],
  [`${at}.toolAddition`, withBlock({ toolAddition: { tool: { name: 'f' } } })],
  [`${at}.toolRemoval`, withBlock({ toolRemoval: { tool: { name: 'f' } } })],
  [`${at}.hologram`, withBlock({ $unknown: ['hologram', {}] })],
  [`${at}.nothing`, withBlock({})],
  [
    `${at}.image.source.s3Location`,
    withBlock({ image: { format: 'png', source: { s3Location: { uri: 's3://bucket/a.png' } } } }),
  ],
  [
    `${at}.toolResult.content[1].document`,
    withBlock({
      toolResult: { toolUseId: 't', content: [{ text: 'a' }, { document: { name: 'd', source: { bytes } } }] },
    }),
  ],
  [
    'toolConfig.tools[1].cachePoint',
    { messages: [user], toolConfig: { tools: [weather, { cachePoint: { type: 'default' } }] } },
  ],
  ['toolConfig.tools[0].systemTool', { messages: [user], toolConfig: { tools: [{ systemTool: { name: 'web' } }] } }],
  [
    'toolConfig.toolChoice.sometimes',
    { messages: [user], toolConfig: { tools: [weather], toolChoice: { $unknown: ['sometimes', {}] } } },
  ],
  ['outputConfig.effort', { messages: [user], outputConfig: { effort: 'high' } }],
  [
    'outputConfig.textFormat.structure.jsonSchema.schema',
    {
      messages: [user],
      outputConfig: { textFormat: { type: 'json_schema', structure: { jsonSchema: { schema: '{' } } } },
    },
  ],
  [
    'outputConfig.textFormat.structure.jsonSchema.schema',
    { messages: [user], outputConfig: { textFormat: { type: 'json_schema', structure: undefined } } },
  ],
  ['additionalModelRequestFields', { messages: [user], additionalModelRequestFields: [1] }],
  ['additionalModelRequestFields', { messages: [user], additionalModelRequestFields: 'top_k=5' }],
]

test.each(refused)('what a SageMaker container cannot do is refused by name: %s', (path, request) => {
  let error: unknown
  try {
    converseCall(request)
  } catch (thrown) {
    error = thrown
  }
  if (!SagemakerError.is(error)) throw new Error('expected a SagemakerError', { cause: error })
  expect(error.code).toBe('invalid-request')
  expect(error.retryable).toBe(false)
  expect(error.message).toContain(`${path}: `)
})
