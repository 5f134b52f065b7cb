import type { BindToolsInput, ToolChoice } from '@langchain/core/language_models/chat_models'
import type { NoToolChoice, Tool, ToolChoice as ModelToolChoice } from '@x/bedrock-like-types'
import { convertToOpenAITool } from '@langchain/core/utils/function_calling'
import { SagemakerError } from '@x/sagemaker-llm'

/** A tool as OpenAI describes it: the form in which LangChain binds tools and shows them in traces. */
export interface OpenAITool {
  readonly type: 'function'
  readonly function: {
    readonly name: string
    readonly description?: string | undefined
    /** JSON schema of the arguments. */
    readonly parameters?: object | undefined
    /** Whether the arguments have to follow the schema exactly. */
    readonly strict?: boolean | undefined
  }
}

/**
 * Writes tools in any of LangChain's forms (structured tools, runnables as tools, `{ name, description, schema }`, OpenAI's
 * form) or in Converse's (`toolSpec`) in OpenAI's form.
 *
 * @throws {SagemakerError} `invalid-request` that names the tool which has none of these forms.
 */
export function openaiTools(tools: readonly BindToolsInput[]): OpenAITool[] {
  return tools.map((tool, index) => {
    const { toolSpec } = tool as Tool
    if (toolSpec !== undefined) {
      const { name = '', description, inputSchema, strict } = toolSpec
      return { type: 'function', function: { name, description, parameters: inputSchema?.json as object, strict } }
    }
    const converted: unknown = convertToOpenAITool(tool as Parameters<typeof convertToOpenAITool>[0])
    if (isOpenAITool(converted)) return converted
    throw new SagemakerError(
      'invalid-request',
      `tools[${index}]: this is neither a tool of LangChain nor one of OpenAI`,
    )
  })
}

/** Writes tools in OpenAI's form as those of `SagemakerLLM`. */
export function modelTools(tools: readonly OpenAITool[]): readonly Tool[] {
  return tools.map(({ function: { name, description, parameters = { type: 'object', properties: {} }, strict } }) => ({
    toolSpec: { name, description, inputSchema: { json: parameters }, strict },
  }))
}

/**
 * Reads a `tool_choice`: `'auto'`, `'none'`, `'any'` or `'required'`, the name of a tool, or OpenAI's or Converse's object.
 *
 * @throws {SagemakerError} `invalid-request` for an object of another form.
 */
export function modelToolChoice(choice: ToolChoice): ModelToolChoice | NoToolChoice {
  if (typeof choice === 'object') return choiceOf(choice)
  if (choice === 'auto') return { auto: {} }
  if (choice === 'none') return { none: {} }
  return choice === 'any' || choice === 'required' ? { any: {} } : { tool: { name: choice } }
}

function choiceOf(choice: Readonly<Record<string, unknown>>): ModelToolChoice | NoToolChoice {
  const { function: called, tool } = choice
  const name: unknown = Object(called ?? tool ?? choice).name
  if (typeof name === 'string') return { tool: { name } }
  for (const kind of ['auto', 'any', 'none'] as const) {
    if (choice[kind] !== undefined || choice['type'] === kind) return modelToolChoice(kind)
  }
  throw new SagemakerError('invalid-request', 'tool_choice: the object names no tool')
}

function isOpenAITool(tool: unknown): tool is OpenAITool {
  const { type, function: called } = Object(tool) as Partial<OpenAITool>
  return type === 'function' && typeof called?.name === 'string'
}
