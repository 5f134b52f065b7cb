import type { ChatResponse } from '@x/sagemaker-llm'
import type { Content, GenerateResult, Warning } from '../contract/stream-part.ts'
import { jsonToolName } from '../request/json-output.ts'
import { answerNames, finishReasonOf, providerMetadata, responseHeaders, usageOf } from './answer-facts.ts'

/** What a whole answer is reported with. */
export interface GenerateContext {
  readonly warnings: Warning[]
  /** The body of the request, parsed. */
  readonly requestBody: unknown
  /** Whether the arguments of the tool `json` are the text of the answer. */
  readonly isJsonTool: boolean
}

/** A whole answer in the form of the AI SDK. */
export function generateResult(
  answer: ChatResponse,
  { warnings, requestBody, isJsonTool }: GenerateContext,
): GenerateResult {
  const { stopReason, rawStopReason, stopSequence, usage, response } = answer
  const finishReason = finishReasonOf(stopReason, rawStopReason)
  const content = contentOf(answer, isJsonTool, finishReason.unified === 'length')
  if (finishReason.unified === 'tool-calls' && content.every(({ type }) => type !== 'tool-call')) {
    finishReason.unified = 'stop'
  }
  return {
    content,
    finishReason,
    usage: usageOf(usage),
    providerMetadata: providerMetadata(response, { stopReason, stopSequence }),
    warnings,
    request: { body: requestBody },
    response: { ...answerNames(answer, response), headers: responseHeaders(response), body: answer.raw },
  }
}

function contentOf({ text, reasoning, toolCalls }: ChatResponse, isJsonTool: boolean, isCutOff: boolean): Content[] {
  const content: Content[] = []
  if (reasoning !== undefined) content.push({ type: 'reasoning', text: reasoning })
  if (text !== '') content.push({ type: 'text', text })
  for (const { id, name, input, inputText } of toolCalls) {
    if (isJsonTool && name === jsonToolName) content.push({ type: 'text', text: inputText })
    // Arguments that are no JSON are given as they are, for `repairToolCall`; those of a call that was cut off are none.
    else if (!isCutOff || typeof input !== 'string') {
      content.push({ type: 'tool-call', toolCallId: id, toolName: name, input: inputText || '{}' })
    }
  }
  return content
}
