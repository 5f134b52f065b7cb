import type {
  ChatMessage,
  GenerationOptions,
  NoToolChoice,
  ResponseFormat,
  Tool,
  ToolChoice,
} from '@x/bedrock-like-types'
import { invalidParameter, OpenAIFields } from './openai-fields.ts'
import { readOpenAIMessages } from './openai-message-input.ts'

/** What every request in OpenAI's format says beside its prompt or messages. */
export interface OpenAIInputBase {
  /** Name of the model that was asked for. */
  readonly model: string | undefined
  /** What the client gave; temperature and length are `null`, left to the container, where it gave none. */
  readonly options: GenerationOptions
  /** The answer is wanted as a stream. */
  readonly stream: boolean
  /** The stream is to end with a chunk of token counts. */
  readonly includeUsage: boolean
  /** Members that are not part of the format: a container's own parameters, or mistakes. */
  readonly unknownMembers: Readonly<Record<string, unknown>>
}

/** A chat completion request. */
export interface OpenAIChatInput extends OpenAIInputBase {
  readonly messages: readonly ChatMessage[]
  readonly prompts?: undefined
}

/** A completion request. */
export interface OpenAICompletionInput extends OpenAIInputBase {
  /** At least one prompt. */
  readonly prompts: readonly string[]
  readonly messages?: undefined
}

/** A request of either kind. */
export type OpenAIInput = OpenAIChatInput | OpenAICompletionInput

/** Members that ask for nothing that an endpoint could do. */
const ignoredMembers = 'user metadata store service_tier prediction modalities safety_identifier'

const sharedMembers = `model stream stream_options temperature top_p top_k max_tokens stop seed n presence_penalty frequency_penalty
  logprobs logit_bias ${ignoredMembers}`

const chatMembers =
  namesIn(`${sharedMembers} messages max_completion_tokens tools tool_choice parallel_tool_calls response_format
  reasoning_effort top_logprobs functions function_call`)

const completionMembers = namesIn(`${sharedMembers} prompt suffix echo best_of`)

function namesIn(text: string): ReadonlySet<string> {
  return new Set(text.split(/\s+/))
}

/**
 * Reads the body of a chat completion request.
 *
 * @throws {SagemakerError} `invalid-request` with the member at fault as `path`.
 *
 * Source: openai/openai-openapi, `CreateChatCompletionRequest`.
 */
export function readOpenAIChat(value: unknown): OpenAIChatInput {
  const body = new OpenAIFields(value)
  for (const name of ['functions', 'function_call']) {
    if (body.get(name) !== undefined) throw invalidParameter(name, 'is no longer supported: use tools and tool_choice')
  }
  const wantsLogprobs = body.boolean('logprobs') === true
  const options: GenerationOptions = {
    ...sharedOptions(body, body.integer('max_completion_tokens') ?? body.integer('max_tokens')),
    tools: body.objects('tools')?.map((tool) => readTool(tool)),
    toolChoice: readToolChoice(body),
    parallelToolCalls: body.boolean('parallel_tool_calls'),
    responseFormat: readResponseFormat(body.object('response_format')),
    reasoningEffort: body.string('reasoning_effort'),
    logprobs: wantsLogprobs ? (body.integer('top_logprobs') ?? true) : undefined,
  }
  return { ...inputBase(body, chatMembers), messages: readOpenAIMessages(body), options }
}

/**
 * Reads the body of a completion request.
 *
 * @throws {SagemakerError} `invalid-request` with the member at fault as `path`; also for token ids, which no other format takes.
 *
 * Source: openai/openai-openapi, `CreateCompletionRequest`.
 */
export function readOpenAICompletion(value: unknown): OpenAICompletionInput {
  const body = new OpenAIFields(value)
  body.refuseOther('suffix', '', 'is not supported')
  body.refuseOther('echo', false, 'is not supported')
  body.refuseOther('best_of', 1, 'only 1 is supported')
  const prompts = body.strings('prompt')
  if (prompts === undefined || prompts.length === 0) throw invalidParameter('prompt', 'is missing')
  const options = { ...sharedOptions(body, body.integer('max_tokens')), logprobs: body.integer('logprobs') }
  return { ...inputBase(body, completionMembers), prompts, options }
}

/**
 * Reads a request whose kind its members tell: `messages` or a single `prompt`.
 *
 * @throws {SagemakerError} `invalid-request` with the member at fault as `path`.
 */
export function readOpenAIInput(value: unknown): OpenAIInput {
  const body = new OpenAIFields(value)
  if (body.get('messages') !== undefined) return readOpenAIChat(value)
  const input = readOpenAICompletion(value)
  if (input.prompts.length > 1) throw invalidParameter('prompt', 'must be one prompt: several have several answers')
  return input
}

function inputBase(body: OpenAIFields, known: ReadonlySet<string>): Omit<OpenAIInputBase, 'options'> {
  body.refuseOther('n', 1, 'only 1 answer is supported')
  return {
    model: body.string('model'),
    stream: body.boolean('stream') ?? false,
    includeUsage: body.object('stream_options')?.boolean('include_usage') ?? false,
    unknownMembers: Object.fromEntries(
      body.names.filter((name) => !known.has(name)).map((name) => [name, body.get(name)] as const),
    ),
  }
}

function sharedOptions(body: OpenAIFields, maxNewTokens: number | undefined): GenerationOptions {
  const bias = body.get('logit_bias')
  return {
    temperature: body.number('temperature') ?? null,
    maxNewTokens: maxNewTokens ?? null,
    topP: body.number('top_p'),
    topK: body.integer('top_k'),
    stopSequences: body.strings('stop'),
    seed: body.integer('seed'),
    presencePenalty: body.number('presence_penalty'),
    frequencyPenalty: body.number('frequency_penalty'),
    additionalParameters: bias === undefined ? undefined : { logit_bias: bias },
  }
}

function readTool(tool: OpenAIFields): Tool {
  if (tool.requiredString('type') !== 'function') throw invalidParameter(tool.pathOf('type'), 'must be function')
  const definition = tool.object('function')
  if (definition === undefined) throw invalidParameter(tool.pathOf('function'), 'is missing')
  const parameters = definition.object('parameters') === undefined ? { type: 'object' } : definition.get('parameters')
  return {
    toolSpec: {
      name: definition.requiredString('name'),
      description: definition.string('description'),
      inputSchema: { json: parameters as Readonly<Record<string, never>> },
      strict: definition.boolean('strict'),
    },
  }
}

function readToolChoice(body: OpenAIFields): ToolChoice | NoToolChoice | undefined {
  const choice = body.get('tool_choice')
  if (choice === undefined || choice === 'auto') return undefined
  if (choice === 'none') return { none: {} }
  if (choice === 'required') return { any: {} }
  const fields = typeof choice === 'string' ? undefined : body.object('tool_choice')
  const type = fields?.requiredString('type')
  if (type === 'allowed_tools') return undefined
  const name = type === 'function' ? fields?.object('function')?.requiredString('name') : undefined
  if (name === undefined)
    throw invalidParameter('tool_choice', 'must be auto, none, required or a function with a name')
  return { tool: { name } }
}

function readResponseFormat(format: OpenAIFields | undefined): ResponseFormat | undefined {
  const type = format?.requiredString('type')
  if (format === undefined || type === 'text') return undefined
  if (type === 'json_object') return { type: 'json' }
  const schema = type === 'json_schema' ? format.object('json_schema') : undefined
  if (schema === undefined) {
    throw invalidParameter(format.pathOf('type'), 'must be text, json_object or json_schema with a json_schema')
  }
  return {
    type: 'json',
    schema: schema.get('schema') as object | undefined,
    name: schema.string('name'),
    description: schema.string('description'),
  }
}
