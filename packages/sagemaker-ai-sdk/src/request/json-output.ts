import type { ChatMessage, GenerationOptions } from '@x/sagemaker-llm'
import type { ResponseFormat } from '../contract/call-options.ts'
import type { LanguageModelBehavior } from '../contract/settings.ts'

/** Name of the tool whose arguments are the JSON. */
export const jsonToolName = 'json'

type Tools = Pick<GenerationOptions, 'tools' | 'toolChoice'>

/** How a call asks for JSON. */
export interface JsonOutput {
  readonly options: Tools & Pick<GenerationOptions, 'responseFormat'>
  /** Put before the conversation. */
  readonly messages: readonly ChatMessage[]
  /** Whether the arguments of the tool `json` are the text of the answer. */
  readonly isTool: boolean
}

/**
 * Asks for JSON in the way of the model.
 *
 * @param tools - those of the call. Beside them, the tool `json` is one that the model has to choose from.
 */
export function jsonOutput(
  format: ResponseFormat | undefined,
  way: NonNullable<LanguageModelBehavior['jsonOutput']>,
  tools: Tools,
): JsonOutput {
  if (format?.type !== 'json') return { options: tools, messages: [], isTool: false }
  const { schema, name, description } = format
  if (way === 'tool' && schema !== undefined)
    return { options: withJsonTool(tools, schema, description), messages: [], isTool: true }
  if (way === 'instruction') {
    const content = schema === undefined ? anyJson : `JSON schema:\n${JSON.stringify(schema)}\n${bySchema}`
    return { options: tools, messages: [{ role: 'system', content }], isTool: false }
  }
  const responseFormat = { type: 'json', schema, name, description } as const
  return { options: { ...tools, responseFormat }, messages: [], isTool: false }
}

function withJsonTool({ tools = [] }: Tools, schema: object, description = 'Respond with JSON.'): Tools {
  const tool = { toolSpec: { name: jsonToolName, description, inputSchema: { json: schema } } }
  return {
    tools: [...tools, tool],
    toolChoice: tools.length === 0 ? { tool: { name: jsonToolName } } : { any: {} },
  }
}

const anyJson = 'You MUST answer with JSON, without any text before or after it.'
const bySchema =
  'You MUST answer with a JSON object that matches the JSON schema above, without any text before or after it.'
