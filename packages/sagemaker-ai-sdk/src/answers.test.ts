import { json, serviceError } from '@x/sagemaker-local'
import { openai, SagemakerLLM } from '@x/sagemaker-llm'
import { describe, expect, test } from 'vitest'
import { completion, openaiNames } from './__fixtures__/wire.ts'
import { hosts } from './test-support/hosts.ts'
import { hello } from './test-support/read-parts.ts'
import { scriptedEndpoint } from './test-support/scripted-endpoint.ts'

const it = scriptedEndpoint()
const f = { type: 'function', name: 'f', inputSchema: { type: 'object' } } as const
const toolCall = (id: string, text: string) => ({ id, type: 'function', function: { name: 'f', arguments: text } })
const usage = { prompt_tokens: 14, completion_tokens: 8, total_tokens: 22 }

describe.each(hosts)('in specification $version', ({ ai, createSagemaker }) => {
  const provider = () => createSagemaker(it.runtime.connection)

  test('a whole answer has everything that the container and SageMaker said', async () => {
    const body = completion(
      { reasoning_content: 'Hm.', content: 'Let me see.', tool_calls: [toolCall('a', '{"x":9007199254740993}')] },
      'tool_calls',
      { usage },
    )
    it.answer(() => json(body))
    expect(await provider()('it').doGenerate({ prompt: hello, tools: [f] })).toEqual({
      content: [
        { type: 'reasoning', text: 'Hm.' },
        { type: 'text', text: 'Let me see.' },
        { type: 'tool-call', toolCallId: 'a', toolName: 'f', input: '{"x":9007199254740993}' },
      ],
      finishReason: { unified: 'tool-calls', raw: 'tool_calls' },
      usage: {
        inputTokens: { total: 14, noCache: undefined, cacheRead: undefined, cacheWrite: undefined },
        outputTokens: { total: 8, text: undefined, reasoning: undefined },
        raw: usage,
      },
      warnings: [],
      providerMetadata: {
        sagemaker: {
          requestId: expect.any(String) as unknown,
          invokedProductionVariant: 'AllTraffic',
          attempts: 1,
          stopReason: 'tool_use',
        },
      },
      request: { body: it.bodies[0] },
      response: {
        ...openaiNames,
        headers: {
          'content-type': 'application/json',
          'x-amzn-requestid': expect.any(String) as unknown,
          'x-amzn-invoked-production-variant': 'AllTraffic',
        },
        body,
      },
    })
  })

  test('a call that was cut off at the limit is none', async () => {
    it.answer(() => json(completion({ content: null, tool_calls: [toolCall('a', '{"ci')] }, 'length')))
    const { content, finishReason } = await provider()('it').doGenerate({ prompt: hello, tools: [f] })
    expect({ content, finishReason }).toEqual({ content: [], finishReason: { unified: 'length', raw: 'length' } })
  })

  test('a call without arguments has an empty object', async () => {
    it.answer(() => json(completion({ content: null, tool_calls: [toolCall('a', '')] }, 'tool_calls')))
    const { content } = await provider()('it').doGenerate({ prompt: hello, tools: [f] })
    expect(content).toEqual([{ type: 'tool-call', toolCallId: 'a', toolName: 'f', input: '{}' }])
  })

  test('JSON from a tool is text', async () => {
    const call = { id: 'a', type: 'function', function: { name: 'json', arguments: '{"a":1}' } }
    it.answer(() => json(completion({ content: null, tool_calls: [call] }, 'tool_calls')))
    const model = provider()('it', { jsonOutput: 'tool' })
    const schema = { type: 'object', properties: { a: { type: 'number' } } } as const
    const { output } = await ai.generateText({
      model,
      prompt: 'Hello',
      output: ai.Output.object({ schema: ai.jsonSchema<{ a: number }>(schema) }),
    })
    expect(output).toEqual({ a: 1 })
  })

  test('a call that was retried says how many attempts it took', async () => {
    it.answer((request) =>
      it.requests.indexOf(request) === 0
        ? serviceError('ServiceUnavailable')
        : json(completion({ content: 'Hi' }, 'stop')),
    )
    const { text, providerMetadata } = await ai.generateText({ model: provider()('it'), prompt: 'Hello' })
    expect({ text, attempts: providerMetadata?.['sagemaker']?.['attempts'] }).toEqual({ text: 'Hi', attempts: 2 })
  })

  test('a model that exists keeps its options and is not closed with the provider', async () => {
    it.answer(() => json(completion({ content: 'Hi' }, 'stop')))
    const llm = new SagemakerLLM({
      endpointName: 'it',
      ...it.runtime.connection,
      contentHandler: openai(),
      temperature: 0.3,
      maxNewTokens: null,
      systemPrompt: 'Be brief.',
    })
    const own = provider()
    const model = own.languageModel(llm)
    own.close()
    await ai.generateText({ model, prompt: 'Hello' })
    expect(it.bodies).toMatchObject([{ temperature: 0.3, messages: [{ role: 'system', content: 'Be brief.' }, {}] }])
    expect(it.bodies[0]).not.toHaveProperty('max_tokens')
    llm.close()
  })
})
