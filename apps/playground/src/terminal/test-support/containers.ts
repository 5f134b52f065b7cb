import { createHash } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import {
  badRequest,
  startContainer,
  type ContainerCall,
  type ContainerServer,
  type Defect,
} from './container-server.ts'

/** Most cuts are inside an event, some inside a character. */
const smallChunkBytes = 3
const eventSizedChunkBytes = 200

const words = ['five 五, ', 'six 六, ', 'seven 七, ', 'eight 八, ', 'nine 九, ', 'ten 十. ', 'That is 🐚 ', 'all.']

interface Generated {
  readonly pieces: readonly string[]
  readonly finish: 'stop' | 'length'
}

/** Counts to ten, within the limits that a request sets. */
function generate(maxTokens: number, stops: readonly string[], defect: Defect | undefined): Generated {
  if (defect === 'empty-answer') return { pieces: [''], finish: 'stop' }
  const pieces: string[] = []
  for (const word of words.slice(0, maxTokens)) {
    const text = [...pieces, word].join('')
    const at = Math.min(...stops.map((stop) => text.indexOf(stop)).filter((index) => index !== -1))
    if (at !== Infinity && defect !== 'no-stop') {
      pieces.push(word.slice(0, Math.max(0, at - pieces.join('').length)))
      return { pieces, finish: 'stop' }
    }
    pieces.push(defect === 'broken-characters' ? word.replace('🐚', '\u{FFFD}\u{FFFD}') : word)
  }
  return { pieces, finish: maxTokens < words.length ? 'length' : 'stop' }
}

const events = (values: readonly unknown[]): string =>
  values.map((value) => `data: ${typeof value === 'string' ? value : JSON.stringify(value)}\n\n`).join('')

interface OpenAIBody {
  readonly messages?: readonly unknown[]
  readonly max_tokens?: number
  readonly stop?: readonly string[]
  readonly stream?: boolean
  readonly tools?: readonly unknown[]
  readonly tool_choice?: unknown
  readonly response_format?: { readonly type: string }
}

/** Starts a container that speaks OpenAI's chat completions on `/invocations` and on its own path, as vLLM does. */
export function startOpenAIContainer(defect?: Defect, port?: number): Promise<ContainerServer> {
  let isStuck = false
  const chunkBytes = defect === undefined ? smallChunkBytes : eventSizedChunkBytes
  return startContainer(
    async (call) => {
      if (call.path === '/v1/models') return call.json({ data: [{ id: 'served-model' }] })
      const body = call.body as OpenAIBody
      if (body.messages === undefined)
        return badRequest(
          call,
          "Cannot find suitable handler for request. Expected one of: ['ChatCompletionRequest']",
          defect,
        )
      if (isStuck) return call.left()
      const refusal = toolRefusal(body, defect)
      if (refusal !== undefined) return badRequest(call, refusal, defect)
      const message = messageOf(body, defect)
      const streams = body.stream === true && defect !== 'no-stream'
      if (!streams) {
        const text = message.generated.pieces.join('')
        return call.json({
          id: 'chatcmpl-1',
          object: 'chat.completion',
          choices: [
            {
              index: 0,
              message: {
                role: 'assistant',
                content: text,
                ...(message.toolCalls && { tool_calls: message.toolCalls }),
              },
              finish_reason: message.toolCalls ? 'tool_calls' : message.generated.finish,
            },
          ],
          ...(defect !== 'no-usage' && { usage: usageOf(message.generated) }),
        })
      }
      if (defect === 'late-stream' && body.max_tokens === 64) await delay(500)
      if (defect === 'hangs-when-left' && (body.max_tokens ?? 0) > 200 && body.tools === undefined) {
        isStuck = true
        return call.stream(chunksOf(message, defect).repeat(1000), 'text/event-stream', chunkBytes)
      }
      return call.stream(chunksOf(message, defect), 'text/event-stream', chunkBytes)
    },
    defect,
    port,
  )
}

interface Message {
  readonly generated: Generated
  readonly toolCalls?: readonly object[]
}

function messageOf(
  { max_tokens = 16, stop = [], tools, response_format: format }: OpenAIBody,
  defect?: Defect,
): Message {
  if (tools !== undefined) {
    const called = { name: 'get_weather', arguments: '{"city":"Paris"}' }
    return {
      generated: { pieces: [''], finish: 'stop' },
      toolCalls: [{ index: 0, id: 'call-1', type: 'function', function: called }],
    }
  }
  if (format?.type === 'json_schema' && defect !== 'no-json')
    return { generated: { pieces: ['{"capital"', ':"Paris"}'], finish: 'stop' } }
  return { generated: generate(max_tokens, stop, defect) }
}

function toolRefusal({ tools, tool_choice: choice }: OpenAIBody, defect: Defect | undefined): string | undefined {
  if (tools === undefined) return undefined
  if (defect === 'no-tools') return 'tools are not supported by this model'
  if (defect === 'forced-tools-only' && typeof choice !== 'object')
    return '"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set'
  return undefined
}

const usageOf = ({ pieces }: Generated): object => ({
  prompt_tokens: 9,
  completion_tokens: pieces.length,
  total_tokens: 9 + pieces.length,
})

function chunksOf({ generated, toolCalls }: Message, defect: Defect | undefined): string {
  const chunk = (delta: object, finish: string | null = null): object => ({
    id: 'chatcmpl-1',
    object: 'chat.completion.chunk',
    choices: [{ index: 0, delta, finish_reason: finish }],
  })
  const values = [
    chunk({ role: 'assistant', content: '' }),
    ...generated.pieces.map((content) => chunk({ content })),
    ...(toolCalls === undefined ? [] : [chunk({ tool_calls: toolCalls })]),
    chunk({}, toolCalls === undefined ? generated.finish : 'tool_calls'),
    ...(defect === 'no-usage' ? [] : [{ choices: [], usage: usageOf(generated) }]),
  ]
  return events(defect === 'no-done' ? values : [...values, '[DONE]'])
}

/** Starts a container that speaks the format of Text Generation Inference, for prompts only. */
export function startTgiContainer(defect?: Defect): Promise<ContainerServer> {
  const chunkBytes = defect === undefined ? smallChunkBytes : eventSizedChunkBytes
  return startContainer((call) => {
    const {
      inputs,
      parameters = {},
      stream,
    } = call.body as {
      readonly inputs?: string
      readonly parameters?: { readonly max_new_tokens?: number; readonly stop?: readonly string[] }
      readonly stream?: boolean
    }
    if (typeof inputs !== 'string') return badRequest(call, 'missing field `inputs`', defect)
    const { finish, pieces } = generate(parameters.max_new_tokens ?? 20, parameters.stop ?? [], defect)
    const text = pieces.join('')
    const details = {
      finish_reason: finish === 'stop' ? 'eos_token' : 'length',
      generated_tokens: pieces.length,
      input_length: 9,
    }
    if (stream !== true) return call.json([{ generated_text: text, details: { ...details, prefill: [], tokens: [] } }])
    const values = pieces.map((piece, index) => ({
      index,
      token: { id: index, text: piece, logprob: -0.1, special: false },
      generated_text: index === pieces.length - 1 ? text : null,
      details: index === pieces.length - 1 ? details : null,
    }))
    return call.stream(events(values), 'text/event-stream', chunkBytes)
  }, defect)
}

/** Starts a container of the Hugging Face Inference Toolkit: a pipeline for prompts that does not stream. */
export function startHuggingFaceContainer(defect?: Defect): Promise<ContainerServer> {
  return startContainer((call) => {
    const { inputs, parameters = {} } = call.body as {
      readonly inputs?: string
      readonly parameters?: { readonly max_new_tokens?: number; readonly return_full_text?: boolean }
    }
    if (typeof inputs !== 'string')
      return call.json({ code: 400, type: 'InternalServerException', message: 'inputs must be provided' }, 400)
    const text = generate(parameters.max_new_tokens ?? 20, [], defect).pieces.join('')
    return call.json([{ generated_text: parameters.return_full_text === false ? text : `${inputs}${text}` }])
  }, defect)
}

/** Starts a container of Text Embeddings Inference with vectors of eight numbers. */
export function startTeiContainer(defect?: Defect): Promise<ContainerServer> {
  return startContainer((call: ContainerCall) => {
    const { inputs } = call.body as { readonly inputs?: string | readonly string[] }
    if (inputs === undefined) return call.json({ error: 'missing field `inputs`', error_type: 'Validation' }, 422)
    const vectors = [inputs].flat().map(vectorOf)
    return call.json(defect === 'swapped-vectors' && vectors.length > 1 ? vectors.toReversed() : vectors)
  }, defect ?? 'small-bodies')
}

function vectorOf(text: string): number[] {
  return Array.from(createHash('sha256').update(text).digest().subarray(0, 8), (byte) => byte / 128 - 1)
}
