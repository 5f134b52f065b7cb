import { memberOf } from '../../contract/message-content.ts'
import type { NoToolChoice, Tool, ToolChoice } from '@x/bedrock-like-types'
import { invalidRequest } from '../../contract/invalid-request.ts'

/** Converse tools as OpenAI functions. */
export function openaiTools(tools: readonly Tool[]): readonly object[] {
  return tools.map((tool) => {
    const { toolSpec } = tool
    if (toolSpec === undefined) throw invalidRequest(`tools: ${memberOf(tool)} cannot be sent, only toolSpec can`)
    if (toolSpec.name === undefined) throw invalidRequest('tools: toolSpec.name is missing')
    return {
      type: 'function',
      function: {
        name: toolSpec.name,
        description: toolSpec.description,
        parameters: toolSpec.inputSchema?.json,
        strict: toolSpec.strict,
      },
    }
  })
}

/** A Converse tool choice as OpenAI's `tool_choice`. */
export function openaiToolChoice(choice: ToolChoice | NoToolChoice): string | object {
  if ('none' in choice && choice.none !== undefined) return 'none'
  if (choice.auto !== undefined) return 'auto'
  if (choice.any !== undefined) return 'required'
  if (choice.tool?.name !== undefined) return { type: 'function', function: { name: choice.tool.name } }
  throw invalidRequest(`toolChoice: ${memberOf(choice)} cannot be sent, only auto, any and tool with a name can`)
}
