import type {
  ChatMessage,
  ContentBlock,
  GenerationOptions,
  ImageBlock,
  Tool,
  ToolResultBlock,
  ToolResultContentBlock,
} from '@x/bedrock-like-types'
import { invalidParameter, OpenAIFields, readImageUrl } from '@x/sagemaker-llm/openai-format'
import { containerEffort } from './container-effort.ts'
import { conversationTurns, warningsOfTools } from './conversation-turns.ts'

/** A request for a message, as a call of a model. */
export interface MessagesInput {
  readonly model: string | undefined
  readonly stream: boolean
  readonly messages: readonly ChatMessage[]
  readonly options: GenerationOptions
  /** What was left out, in words. */
  readonly warnings: readonly string[]
}

/** Budgets of tokens from which more effort than the least is asked for, largest first. */
const efforts = [
  [16_384, 'high'],
  [4096, 'medium'],
] as const

/**
 * Reads the body of a request for a message. Tools that only Anthropic's own servers run are left out, earlier thinking is not sent back,
 * and cache controls and betas ask for nothing that an endpoint could do. Containers take an effort where Anthropic takes a budget for
 * thinking, and have no member for the failure of a tool: its text says that it failed.
 *
 * @throws {SagemakerError} `invalid-request` with the member at fault as `path`.
 *
 * Source: docs.anthropic.com/en/api/messages.
 */
export function readMessagesRequest(value: unknown): MessagesInput {
  const body = new OpenAIFields(value)
  const system = readSystem(body)
  const maxNewTokens = body.integer('max_tokens')
  if (maxNewTokens === undefined) throw invalidParameter('max_tokens', 'is missing')
  const { tools, leftOut } = readTools(body)
  const effort = containerEffort(readEffort(body))
  return {
    model: body.string('model'),
    stream: body.boolean('stream') ?? false,
    messages: conversationTurns([
      ...(system === '' ? [] : [{ role: 'system' as const, content: system }]),
      ...readMessages(body),
    ]),
    options: {
      temperature: body.number('temperature') ?? null,
      maxNewTokens,
      topP: body.number('top_p'),
      topK: body.integer('top_k'),
      stopSequences: body.strings('stop_sequences'),
      tools: tools.length === 0 ? undefined : tools,
      toolChoice: tools.length === 0 ? undefined : readToolChoice(body.object('tool_choice')),
      parallelToolCalls:
        tools.length > 0 && body.object('tool_choice')?.boolean('disable_parallel_tool_use') === true
          ? false
          : undefined,
      reasoningEffort: effort.sent,
    },
    warnings: [...warningsOfTools(leftOut), ...effort.warnings],
  }
}

function readEffort(body: OpenAIFields): string | undefined {
  const asked = body.object('output_config')?.string('effort')
  const thinking = body.object('thinking')
  const type = thinking?.requiredString('type')
  if (thinking === undefined || type === 'adaptive') return asked
  if (type === 'disabled') return 'none'
  if (type !== 'enabled') throw invalidParameter(thinking.pathOf('type'), 'must be enabled, disabled or adaptive')
  const budget = thinking.integer('budget_tokens')
  if (budget === undefined) throw invalidParameter(thinking.pathOf('budget_tokens'), 'is missing')
  return asked ?? efforts.find(([least]) => budget >= least)?.[1] ?? 'low'
}

function readSystem(body: OpenAIFields): string {
  if (typeof body.get('system') === 'string') return body.requiredString('system')
  return (body.objects('system') ?? []).map((block) => block.requiredString('text')).join('\n')
}

function readMessages(body: OpenAIFields): readonly ChatMessage[] {
  const messages = body.objects('messages')
  if (messages === undefined || messages.length === 0)
    throw invalidParameter('messages', 'must have at least one message')
  return messages.map((message) => {
    const role = message.requiredString('role')
    if (role !== 'user' && role !== 'assistant' && role !== 'system')
      throw invalidParameter(message.pathOf('role'), 'must be user or assistant')
    if (typeof message.get('content') === 'string') return { role, content: message.requiredString('content') }
    const blocks = message.objects('content')
    if (blocks === undefined) throw invalidParameter(message.pathOf('content'), 'is missing')
    return { role, content: blocks.flatMap((block) => readBlock(block)) }
  })
}

function readBlock(block: OpenAIFields): readonly ContentBlock[] {
  const type = block.requiredString('type')
  switch (type) {
    case 'text':
      return [{ text: block.requiredString('text') }]
    case 'image':
      return [{ image: readImage(block) }]
    case 'tool_use':
      return [
        {
          toolUse: {
            toolUseId: block.requiredString('id'),
            name: block.requiredString('name'),
            input: block.get('input') ?? {},
          },
        },
      ]
    case 'tool_result':
      return [{ toolResult: readToolResult(block) }]
    case 'thinking':
    case 'redacted_thinking':
      return []
    default:
      throw invalidParameter(block.pathOf('type'), 'must be text, image, tool_use, tool_result or thinking')
  }
}

function readImage(block: OpenAIFields): ImageBlock {
  const source = block.object('source')
  if (source === undefined) throw invalidParameter(block.pathOf('source'), 'is missing')
  if (source.requiredString('type') === 'url') return readImageUrl(source.requiredString('url'), source.pathOf('url'))
  const url = `data:${source.requiredString('media_type')};base64,${source.requiredString('data')}`
  return readImageUrl(url, source.pathOf('data'))
}

function readToolResult(block: OpenAIFields): ToolResultBlock {
  const content = Array.isArray(block.get('content'))
    ? (block.objects('content') ?? []).map((part) => readResultPart(part))
    : [{ text: block.string('content') ?? '' }]
  const failed = block.boolean('is_error') === true && !content.some(({ text }) => /^\W*error\b/i.test(text ?? ''))
  return {
    toolUseId: block.requiredString('tool_use_id'),
    content: failed ? [{ text: 'Error:' }, ...content] : content,
    // Containers have no member for it: the text says what failed.
    status: undefined,
  }
}

function readResultPart(part: OpenAIFields): ToolResultContentBlock {
  const type = part.requiredString('type')
  if (type === 'text') return { text: part.requiredString('text') }
  if (type === 'image') return { image: readImage(part) }
  throw invalidParameter(part.pathOf('type'), 'must be text or image')
}

function readTools(body: OpenAIFields): { readonly tools: readonly Tool[]; readonly leftOut: readonly string[] } {
  const tools: Tool[] = []
  const leftOut: string[] = []
  for (const tool of body.objects('tools') ?? []) {
    const type = tool.string('type') ?? 'custom'
    if (type !== 'custom') {
      leftOut.push(type)
      continue
    }
    const schema = tool.object('input_schema') === undefined ? { type: 'object' } : tool.get('input_schema')
    tools.push({
      toolSpec: {
        name: tool.requiredString('name'),
        description: tool.string('description'),
        inputSchema: { json: schema as Readonly<Record<string, never>> },
      },
    })
  }
  return { tools, leftOut }
}

function readToolChoice(choice: OpenAIFields | undefined): GenerationOptions['toolChoice'] {
  const type = choice?.requiredString('type')
  if (choice === undefined || type === 'auto') return undefined
  if (type === 'any') return { any: {} }
  if (type === 'none') return { none: {} }
  if (type === 'tool') return { tool: { name: choice.requiredString('name') } }
  throw invalidParameter(choice.pathOf('type'), 'must be auto, any, tool or none')
}
