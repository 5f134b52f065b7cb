import type {
  ChatMessage,
  ContentBlock,
  DocumentType,
  GenerationOptions,
  ResponseFormat,
  Tool,
} from '@x/bedrock-like-types'
import { invalidParameter, OpenAIFields, readImageUrl } from '@x/sagemaker-llm/openai-format'
import { containerEffort } from './container-effort.ts'
import { conversationTurns, warningsOfTools } from './conversation-turns.ts'

/** A request for a response, as a call of a model. */
export interface ResponsesInput {
  readonly model: string | undefined
  readonly stream: boolean
  readonly messages: readonly ChatMessage[]
  readonly options: GenerationOptions
  /** Members that the response repeats, as they were sent. */
  readonly repeated: Readonly<Record<string, unknown>>
  /** What was left out, in words. */
  readonly warnings: readonly string[]
}

/** Members that need a server that keeps conversations. */
const stateful = ['previous_response_id', 'conversation', 'prompt'] as const

const repeatedMembers = ['instructions', 'metadata', 'reasoning', 'text', 'tool_choice', 'tools'] as const

/**
 * Reads the body of a request for a response. Tools of other kinds than functions are left out, those of a namespace are functions like
 * any other, and earlier reasoning is not sent back.
 *
 * @throws {SagemakerError} `invalid-request` with the member at fault as `path`.
 *
 * Source: openai/openai-openapi, `CreateResponse`.
 */
export function readResponses(value: unknown): ResponsesInput {
  const body = new OpenAIFields(value)
  for (const name of stateful) {
    if (body.get(name) !== undefined)
      throw invalidParameter(name, 'is not supported: send the whole conversation as input')
  }
  body.refuseOther('background', false, 'is not supported')
  const instructions = body.string('instructions')
  const { tools, leftOut } = readTools(body)
  const effort = containerEffort(body.object('reasoning')?.string('effort'))
  return {
    model: body.string('model'),
    stream: body.boolean('stream') ?? false,
    messages: conversationTurns([
      ...(instructions === undefined || instructions === ''
        ? []
        : [{ role: 'system' as const, content: instructions }]),
      ...readInput(body),
    ]),
    options: {
      temperature: body.number('temperature') ?? null,
      maxNewTokens: body.integer('max_output_tokens') ?? null,
      topP: body.number('top_p'),
      tools: tools.length === 0 ? undefined : tools,
      toolChoice: tools.length === 0 ? undefined : readToolChoice(body),
      parallelToolCalls: tools.length === 0 ? undefined : body.boolean('parallel_tool_calls'),
      responseFormat: readFormat(body.object('text')?.object('format')),
      reasoningEffort: effort.sent,
    },
    repeated: Object.fromEntries(repeatedMembers.map((name) => [name, body.get(name)])),
    warnings: [...warningsOfTools(leftOut), ...effort.warnings],
  }
}

function readInput(body: OpenAIFields): readonly ChatMessage[] {
  if (typeof body.get('input') === 'string') return [{ role: 'user', content: body.requiredString('input') }]
  const items = body.objects('input')
  if (items === undefined || items.length === 0) throw invalidParameter('input', 'must be text or at least one item')
  return items.map((item) => readItem(item)).filter((message) => message !== undefined)
}

function readItem(item: OpenAIFields): ChatMessage | undefined {
  const type = item.string('type') ?? 'message'
  switch (type) {
    case 'message':
      return readMessage(item)
    case 'function_call':
      return { role: 'assistant', content: [readCall(item)] }
    case 'function_call_output':
      return { role: 'tool', toolCallId: item.requiredString('call_id'), content: readOutput(item) }
    case 'reasoning':
      return undefined
    default:
      throw invalidParameter(item.pathOf('type'), 'must be message, function_call, function_call_output or reasoning')
  }
}

function readMessage(item: OpenAIFields): ChatMessage {
  const role = item.requiredString('role')
  const content = readContent(item, 'content')
  if (role === 'system' || role === 'developer') return { role: 'system', content }
  if (role === 'user' || role === 'assistant') return { role, content }
  throw invalidParameter(item.pathOf('role'), 'must be system, developer, user or assistant')
}

function readContent(item: OpenAIFields, name: string): readonly ContentBlock[] {
  if (typeof item.get(name) === 'string') return [{ text: item.requiredString(name) }]
  const parts = item.objects(name)
  if (parts === undefined) throw invalidParameter(item.pathOf(name), 'is missing')
  return parts.map((part) => {
    const type = part.requiredString('type')
    if (type === 'input_text' || type === 'output_text' || type === 'text') return { text: part.requiredString('text') }
    if (type === 'refusal') return { text: part.requiredString('refusal') }
    if (type === 'input_image')
      return { image: readImageUrl(part.requiredString('image_url'), part.pathOf('image_url')) }
    throw invalidParameter(part.pathOf('type'), 'only text and images by their URL can be sent')
  })
}

function readCall(item: OpenAIFields): ContentBlock {
  const text = item.string('arguments') ?? ''
  let input: DocumentType = {}
  try {
    if (text.trim() !== '') input = JSON.parse(text) as DocumentType
  } catch {
    throw invalidParameter(item.pathOf('arguments'), 'must be JSON')
  }
  return { toolUse: { toolUseId: item.requiredString('call_id'), name: item.requiredString('name'), input } }
}

function readOutput(item: OpenAIFields): string {
  const blocks = readContent(item, 'output')
  if (blocks.some(({ text }) => text === undefined)) throw invalidParameter(item.pathOf('output'), 'can only be text')
  return blocks.map(({ text }) => text).join('\n')
}

function readTools(body: OpenAIFields): { readonly tools: readonly Tool[]; readonly leftOut: readonly string[] } {
  const tools: Tool[] = []
  const leftOut: string[] = []
  const add = (fields: OpenAIFields): void => {
    const type = fields.requiredString('type')
    if (type === 'namespace') for (const nested of fields.objects('tools') ?? []) add(nested)
    else if (type === 'function') tools.push(readFunction(fields))
    else leftOut.push(type)
  }
  for (const tool of body.objects('tools') ?? []) add(tool)
  return { tools, leftOut }
}

function readFunction(tool: OpenAIFields): Tool {
  const parameters = tool.object('parameters') === undefined ? { type: 'object' } : tool.get('parameters')
  return {
    toolSpec: {
      name: tool.requiredString('name'),
      description: tool.string('description'),
      inputSchema: { json: parameters as Readonly<Record<string, never>> },
      strict: tool.boolean('strict'),
    },
  }
}

function readToolChoice(body: OpenAIFields): GenerationOptions['toolChoice'] {
  const choice = body.get('tool_choice')
  if (choice === undefined || choice === 'auto') return undefined
  if (choice === 'none') return { none: {} }
  if (choice === 'required') return { any: {} }
  const fields = typeof choice === 'string' ? undefined : body.object('tool_choice')
  if (fields?.string('type') === 'allowed_tools') return undefined
  const name = fields?.string('type') === 'function' ? fields.string('name') : undefined
  if (name === undefined)
    throw invalidParameter('tool_choice', 'must be auto, none, required or a function with a name')
  return { tool: { name } }
}

function readFormat(format: OpenAIFields | undefined): ResponseFormat | undefined {
  const type = format?.requiredString('type')
  if (format === undefined || type === 'text') return undefined
  if (type === 'json_object') return { type: 'json' }
  if (type !== 'json_schema') throw invalidParameter(format.pathOf('type'), 'must be text, json_object or json_schema')
  return {
    type: 'json',
    schema: format.get('schema') as object | undefined,
    name: format.string('name'),
    description: format.string('description'),
  }
}
