import { demoLanguageModel, disconnect, part, scripted, startLocalRuntime, stream } from '@x/sagemaker-local'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { expect, test, vi } from 'vitest'
import { createGateway, serve } from '@x/sagemaker-gateway'

const file = path.join(import.meta.dirname, 'anthropic', 'node_modules', '@anthropic-ai', 'sdk', 'index.mjs')
const isInstalled = existsSync(file)
if (!isInstalled) {
  console.warn(
    "SKIPPED: Anthropic's SDK in front of the gateway. Install it with: node tools/hosts/install.mjs anthropic",
  )
}

/** As much of the SDK as is used here: it is not installed in every clone, so its types are not there either. */
interface Client {
  readonly messages: {
    create(body: object): Promise<Message>
    stream(body: object): AsyncIterable<{ readonly type: string }> & { finalMessage(): Promise<Message>; abort(): void }
    countTokens(body: object): Promise<unknown>
  }
}
interface Message {
  readonly stop_reason: string
  readonly content: readonly {
    readonly type: string
    readonly id?: string
    readonly name?: string
    readonly input?: object
  }[]
}

const chunk = JSON.stringify({ choices: [{ index: 0, delta: { content: 'Hel' }, finish_reason: null }] })
const tools = [
  {
    name: 'weather',
    description: 'The weather',
    input_schema: { type: 'object', properties: { city: { type: 'string' } } },
  },
]

test.skipIf(!isInstalled)(
  "Anthropic's SDK streams, calls tools, sees failures and leaves",
  { timeout: 60_000 },
  async () => {
    const { default: Anthropic } = (await import(pathToFileURL(file).href)) as {
      readonly default: new (options: object) => Client
    }
    await using runtime = await startLocalRuntime({
      endpoints: {
        demo: demoLanguageModel({ format: 'openai' }),
        slow: demoLanguageModel({ format: 'openai', tokensPerSecond: 20 }),
        broken: scripted(() => stream([part(`data: ${chunk}\n\n`), disconnect()])),
      },
    })
    const names = ['demo', 'slow', 'broken']
    const models = Object.fromEntries(names.map((name) => [name, { endpointName: name, endpoint: runtime.url }]))
    await using server = await serve(createGateway({ models, apiKeys: ['secret'] }), { port: 0 })
    const client = new Anthropic({ baseURL: server.url, apiKey: 'secret', maxRetries: 0 })
    const question = { role: 'user', content: 'What is the weather in Paris?' }
    const ask = { model: 'demo', max_tokens: 60, messages: [question] }

    const text = await client.messages
      .stream({ ...ask, messages: [{ role: 'user', content: 'The sea' }] })
      .finalMessage()
    expect(text.content).toMatchObject([{ type: 'text', text: expect.stringMatching(/^The sea is never/) }])

    const asked = await client.messages.stream({ ...ask, tools }).finalMessage()
    expect(asked.stop_reason).toBe('tool_use')
    const [call] = asked.content
    expect(call).toMatchObject({ type: 'tool_use', name: 'weather', input: { city: expect.any(String) } })
    const result = { type: 'tool_result', tool_use_id: call?.id, content: 'sunny' }
    const messages = [question, { role: 'assistant', content: asked.content }, { role: 'user', content: [result] }]
    const answered = await client.messages.create({ ...ask, tools, messages })
    expect(answered.content).toMatchObject([{ type: 'text', text: expect.any(String) }])

    await expect(client.messages.create({ ...ask, model: 'no' })).rejects.toMatchObject({ status: 404 })
    await expect(client.messages.countTokens({ model: 'demo', messages: [question] })).rejects.toMatchObject({
      status: 501,
    })
    await expect(client.messages.stream({ ...ask, model: 'broken' }).finalMessage()).rejects.toThrow(
      'connection was lost',
    )
    const wrongKey = new Anthropic({ baseURL: server.url, apiKey: 'wrong', maxRetries: 0 })
    await expect(wrongKey.messages.create(ask)).rejects.toMatchObject({ status: 401 })

    for await (const { type } of client.messages.stream({
      ...ask,
      model: 'slow',
      messages: [{ role: 'user', content: 'The sea' }],
    }))
      if (type === 'content_block_delta') break
    await vi.waitFor(() => expect(runtime.requests.at(-1)).toMatchObject({ outcome: 'aborted' }))
  },
)
