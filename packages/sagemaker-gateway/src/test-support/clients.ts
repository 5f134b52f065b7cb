import { spawn, spawnSync } from 'node:child_process'
import { createOpenAICompatible } from '@ai-sdk/openai-compatible'
import { HumanMessage } from '@langchain/core/messages'
import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai'
import OpenAI from 'openai'

/** The call of a tool that a model asks for. */
export interface AskedCall {
  readonly name: string
  readonly input: unknown
}

/** What a client of another project can do with a gateway. */
export interface GatewayClient {
  chat(model: string, text: string): Promise<string>
  /** @param onText - Returns false to leave the stream. */
  stream(model: string, text: string, onText?: (text: string) => boolean): Promise<string>
  callTool(model: string, text: string, mode: 'whole' | 'stream'): Promise<AskedCall>
  embed?(model: string, texts: readonly string[]): Promise<readonly (readonly number[])[]>
}

export const weatherTool = {
  type: 'function' as const,
  function: {
    name: 'weather',
    description: 'The weather in a city',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
}

const apiKey = 'unused'
const maxTokens = 8

/** Whether there is a curl to run. */
const hasCurl = spawnSync('curl', ['--version']).error === undefined
if (!hasCurl) console.warn('SKIPPED: calling the gateway with curl. No curl found.')

/** The clients by name, each for a base URL that ends with `/v1`. */
export const clients: Readonly<Record<string, (baseURL: string) => GatewayClient>> = {
  openai: openaiClient,
  '@langchain/openai': langchainClient,
  '@ai-sdk/openai-compatible': aiSdkClient,
  ...(hasCurl && { curl: curlClient }),
}

function openaiClient(baseURL: string): GatewayClient {
  const client = new OpenAI({ baseURL, apiKey, maxRetries: 0 })
  const messagesOf = (content: string): { role: 'user'; content: string }[] => [{ role: 'user', content }]
  return {
    async chat(model, text) {
      const body = { model, messages: messagesOf(text), max_tokens: maxTokens }
      return (await client.chat.completions.create(body)).choices[0]?.message.content ?? ''
    },
    async stream(model, text, onText = () => true) {
      const chunks = await client.chat.completions.create({ model, messages: messagesOf(text), stream: true })
      let all = ''
      for await (const { choices } of chunks) {
        const piece = choices[0]?.delta.content ?? ''
        all += piece
        if (piece !== '' && !onText(piece)) break
      }
      return all
    },
    async callTool(model, text, mode) {
      const body = { model, messages: messagesOf(text), tools: [weatherTool] }
      const { choices } =
        mode === 'whole'
          ? await client.chat.completions.create(body)
          : await client.chat.completions.stream(body).finalChatCompletion()
      const [call] = choices[0]?.message.tool_calls ?? []
      if (call?.type !== 'function') throw new Error('no call')
      return { name: call.function.name, input: JSON.parse(call.function.arguments) }
    },
    async embed(model, input) {
      // Without `encoding_format`: this client asks for base64.
      const { data } = await client.embeddings.create({ model, input: [...input] })
      return data.map(({ embedding }) => embedding)
    },
  }
}

function langchainClient(baseURL: string): GatewayClient {
  const modelOf = (model: string, options: object = {}): ChatOpenAI =>
    new ChatOpenAI({ model, apiKey, maxRetries: 0, configuration: { baseURL }, ...options })
  return {
    async chat(model, text) {
      return (await modelOf(model, { maxTokens }).invoke([new HumanMessage(text)])).text
    },
    async stream(model, text, onText = () => true) {
      let all = ''
      for await (const chunk of await modelOf(model).stream([new HumanMessage(text)])) {
        all += chunk.text
        if (chunk.text !== '' && !onText(chunk.text)) break
      }
      return all
    },
    async callTool(model, text, mode) {
      const bound = modelOf(model).bindTools([weatherTool])
      const messages = [new HumanMessage(text)]
      let answer = mode === 'whole' ? await bound.invoke(messages) : undefined
      if (mode === 'stream')
        for await (const chunk of await bound.stream(messages)) answer = answer?.concat(chunk) ?? chunk
      const [call] = answer?.tool_calls ?? []
      if (call === undefined) throw new Error('no call')
      return { name: call.name, input: call.args }
    },
    embed(model, texts) {
      return new OpenAIEmbeddings({ model, apiKey, maxRetries: 0, configuration: { baseURL } }).embedDocuments([
        ...texts,
      ])
    },
  }
}

function aiSdkClient(baseURL: string): GatewayClient {
  const provider = createOpenAICompatible({ name: 'gateway', baseURL, apiKey, includeUsage: true })
  const promptOf = (text: string): { role: 'user'; content: { type: 'text'; text: string }[] }[] => [
    { role: 'user', content: [{ type: 'text', text }] },
  ]
  const { name, description, parameters } = weatherTool.function
  const tools = [{ type: 'function' as const, name, description, inputSchema: parameters as object }]
  const toolOptions = (text: string): object => ({ prompt: promptOf(text), tools })
  return {
    async chat(model, text) {
      const { content } = await provider(model).doGenerate({ prompt: promptOf(text), maxOutputTokens: maxTokens })
      return content.map((part) => (part.type === 'text' ? part.text : '')).join('')
    },
    async stream(model, text, onText = () => true) {
      const { stream } = await provider(model).doStream({ prompt: promptOf(text) })
      let all = ''
      for await (const part of stream) {
        if (part.type === 'error') throw part.error
        if (part.type !== 'text-delta') continue
        all += part.delta
        if (!onText(part.delta)) break
      }
      return all
    },
    async callTool(model, text, mode) {
      const options = toolOptions(text) as Parameters<ReturnType<typeof provider>['doGenerate']>[0]
      if (mode === 'whole') {
        const { content } = await provider(model).doGenerate(options)
        for (const part of content)
          if (part.type === 'tool-call') return { name: part.toolName, input: JSON.parse(part.input) }
      } else {
        const { stream } = await provider(model).doStream(options)
        for await (const part of stream)
          if (part.type === 'tool-call') return { name: part.toolName, input: JSON.parse(part.input) }
      }
      throw new Error('no call')
    },
    async embed(model, texts) {
      return (await provider.embeddingModel(model).doEmbed({ values: [...texts] })).embeddings
    },
  }
}

function curlClient(baseURL: string): GatewayClient {
  const post = (path: string, body: object, onLine: (line: string) => boolean = () => true): Promise<string> =>
    curl(
      [
        '--no-buffer',
        '--fail-with-body',
        '-H',
        'content-type: application/json',
        '-d',
        JSON.stringify(body),
        baseURL + path,
      ],
      onLine,
    )
  const bodyOf = (model: string, content: string): object => ({ model, messages: [{ role: 'user', content }] })
  type Message = { content?: string; tool_calls?: { function: { name: string; arguments: string } }[] }
  return {
    async chat(model, text) {
      const answer = JSON.parse(await post('/chat/completions', { ...bodyOf(model, text), max_tokens: maxTokens })) as {
        choices: { message: Message }[]
      }
      return answer.choices[0]?.message.content ?? ''
    },
    async stream(model, text, onText = () => true) {
      let all = ''
      await post('/chat/completions', { ...bodyOf(model, text), stream: true }, (line) => {
        if (!line.startsWith('data: {')) return true
        const chunk = JSON.parse(line.slice(6)) as { error?: unknown; choices?: { delta: Message }[] }
        if (chunk.error !== undefined) throw new Error(line)
        const piece = chunk.choices?.[0]?.delta.content ?? ''
        all += piece
        return piece === '' || onText(piece)
      })
      return all
    },
    async callTool(model, text, mode) {
      const body = { ...bodyOf(model, text), tools: [weatherTool] }
      if (mode === 'whole') {
        const { choices } = JSON.parse(await post('/chat/completions', body)) as { choices: { message: Message }[] }
        const call = choices[0]?.message.tool_calls?.[0]?.function
        if (call === undefined) throw new Error('no call')
        return { name: call.name, input: JSON.parse(call.arguments) }
      }
      let name = ''
      let input = ''
      await post('/chat/completions', { ...body, stream: true }, (line) => {
        if (!line.startsWith('data: {')) return true
        const { choices } = JSON.parse(line.slice(6)) as { choices: { delta: Message }[] }
        const call = choices[0]?.delta.tool_calls?.[0]?.function
        name += call?.name ?? ''
        input += call?.arguments ?? ''
        return true
      })
      return { name, input: JSON.parse(input) }
    },
    async embed(model, input) {
      const answer = JSON.parse(await post('/embeddings', { model, input })) as { data: { embedding: number[] }[] }
      return answer.data.map(({ embedding }) => embedding)
    },
  }
}

/** Runs curl. `onLine` gets each line of its output and returns false to end it. */
function curl(args: readonly string[], onLine: (line: string) => boolean): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn('curl', ['--silent', '--show-error', ...args])
    let output = ''
    let rest = ''
    let isLeft = false
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      output += text
      const lines = (rest + text).split('\n')
      rest = lines.pop() ?? ''
      try {
        for (const line of lines) {
          if (isLeft || onLine(line)) continue
          isLeft = true
          child.kill()
        }
      } catch (error) {
        reject(error)
        child.kill()
      }
    })
    child.on('error', reject)
    child.on('close', (code) => (code === 0 || isLeft ? resolve(output) : reject(new Error(output || `curl: ${code}`))))
  })
}
