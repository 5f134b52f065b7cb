import type { GenerationOptions } from '@x/sagemaker-llm'
import type { LanguageModelCallOptions, ToolChoice } from '../contract/call-options.ts'
import type { Warning } from '../contract/stream-part.ts'

type Tools = Pick<GenerationOptions, 'tools' | 'toolChoice'>

/** The tools of a call, and what of them could not be passed on. */
export interface ToolOptions extends Tools {
  readonly warnings: readonly Warning[]
}

/**
 * The tools of a call. A model that is not to call any (`toolChoice: 'none'`) is shown none. A choice without tools, which the AI SDK
 * makes by default, is left out.
 */
export function toolOptions({ tools = [], toolChoice }: LanguageModelCallOptions): ToolOptions {
  const warnings: Warning[] = []
  if (tools.length === 0 || toolChoice?.type === 'none') return { warnings }
  const written: NonNullable<Tools['tools']>[number][] = []
  for (const tool of tools) {
    if (tool.type === 'provider') {
      warnings.push({ type: 'unsupported', feature: `provider-defined tool ${tool.id}` })
      continue
    }
    const { name, description, inputSchema, inputExamples, strict } = tool
    if (inputExamples !== undefined && inputExamples.length > 0) {
      const details = `the examples of tool ${name} were not sent: containers have no place for them`
      warnings.push({ type: 'unsupported', feature: 'inputExamples', details })
    }
    written.push({ toolSpec: { name, description, inputSchema: { json: inputSchema }, strict } })
  }
  if (written.length === 0) return { warnings }
  return { tools: written, toolChoice: toolChoice && choiceOf(toolChoice), warnings }
}

function choiceOf(choice: ToolChoice): Tools['toolChoice'] {
  if (choice.type === 'tool') return { tool: { name: choice.toolName } }
  return choice.type === 'required' ? { any: {} } : { auto: {} }
}
