import type { ContentBlock } from '@langchain/core/messages'
import type { ChatResponse } from '@x/bedrock-like-types'
import { provider, responseMetadata, usageMetadata } from './answer-facts.ts'
import { AnswerMessageChunk } from './answer-message.ts'
import { invalidToolCallOf, toolCallOf } from './tool-calls.ts'

/**
 * A whole answer as a message of LangChain.
 *
 * @param asBlocks - whether the content is always a list of blocks. Default: only if there is reasoning; otherwise it is the text.
 */
export function wholeMessage(answer: ChatResponse, asBlocks: boolean): AnswerMessageChunk {
  const { text, reasoning, toolCalls, stopReason, usage } = answer
  const blocks: ContentBlock[] = []
  if (reasoning !== undefined) blocks.push({ type: 'reasoning', reasoning })
  if (text !== '') blocks.push({ type: 'text', text })
  return new AnswerMessageChunk({
    content: asBlocks || reasoning !== undefined ? blocks : text,
    tool_calls: toolCalls.flatMap((call) => toolCallOf(call) ?? []),
    invalid_tool_calls: toolCalls.flatMap((call) =>
      toolCallOf(call) === undefined ? invalidToolCallOf(call, stopReason) : [],
    ),
    response_metadata: { ...provider, ...responseMetadata(answer) },
    usage_metadata: usageMetadata(usage),
  })
}
