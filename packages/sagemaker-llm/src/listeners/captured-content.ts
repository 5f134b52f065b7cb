import type { ChatMessage, ContentBlock, TelemetryAttributes, Tool, ToolResultBlock } from '@x/bedrock-like-types'
import { telemetryNames } from '@x/sagemaker-endpoint/model-kit'
import type { LLMCall, LLMOutcome } from './llm-call.ts'

const { attribute } = telemetryNames

/** The prompt or the messages, the system prompt and the tools, as JSON text by the schemas of the conventions. */
export function inputContent({ input, systemPrompt, options }: LLMCall): TelemetryAttributes {
  const messages: readonly ChatMessage[] = typeof input === 'string' ? [{ role: 'user', content: input }] : input
  return {
    [attribute.inputMessages]: JSON.stringify(messages.map(messageOf)),
    ...(systemPrompt === undefined
      ? {}
      : { [attribute.systemInstructions]: JSON.stringify([{ type: 'text', content: systemPrompt }]) }),
    ...(options.tools === undefined
      ? {}
      : { [attribute.toolDefinitions]: JSON.stringify(options.tools.flatMap(toolOf)) }),
  }
}

/** The answer, as JSON text by the schema of the conventions. */
export function outputContent({ text, reasoning, toolCalls, stopReason }: LLMOutcome): TelemetryAttributes {
  const parts = [
    ...(reasoning === undefined ? [] : [{ type: 'reasoning', content: reasoning }]),
    ...(text === '' ? [] : [{ type: 'text', content: text }]),
    ...toolCalls.map(({ id, name, input }) => ({ type: 'tool_call', id, name, arguments: input })),
  ]
  return { [attribute.outputMessages]: JSON.stringify([{ role: 'assistant', parts, finish_reason: stopReason }]) }
}

function messageOf(message: ChatMessage): object {
  if (message.role === 'tool') {
    return { role: 'tool', parts: [{ type: 'tool_call_response', id: message.toolCallId, response: message.content }] }
  }
  const { role, content = [] } = message
  const blocks: readonly ContentBlock[] = typeof content === 'string' ? [{ text: content }] : content
  return { role, parts: blocks.map(partOf) }
}

function partOf(block: ContentBlock): object {
  if (block.text !== undefined) return { type: 'text', content: block.text }
  if (block.toolUse !== undefined) {
    const { toolUseId, name, input } = block.toolUse
    return { type: 'tool_call', id: toolUseId, name, arguments: input }
  }
  if (block.toolResult !== undefined) return toolResultOf(block.toolResult)
  if (block.reasoningContent !== undefined) {
    return { type: 'reasoning', content: block.reasoningContent.reasoningText?.text ?? '' }
  }
  // Files would make a span of megabytes: what kind it was has to do.
  const [type = 'empty'] = Object.entries(block).find(([, value]) => value !== undefined) ?? []
  return { type }
}

function toolResultOf({ toolUseId, content = [] }: ToolResultBlock): object {
  const response = content.map((piece) => piece.text ?? piece.json ?? { type: Object.keys(piece)[0] })
  return { type: 'tool_call_response', id: toolUseId, response: response.length === 1 ? response[0] : response }
}

function toolOf({ toolSpec }: Tool): readonly object[] {
  if (toolSpec === undefined) return []
  const { name, description, inputSchema } = toolSpec
  return [{ type: 'function', name, description, parameters: inputSchema?.json }]
}
