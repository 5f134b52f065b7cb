import type { ChatChunk, ChatResponse, CompletionResponse } from '@x/sagemaker-llm'

/** An answer that came as a whole, as a stream of one fragment: it is written like any other. */
export async function* wholeAnswer(answer: Promise<ChatResponse | CompletionResponse>): AsyncGenerator<ChatChunk> {
  const response = await answer
  if ('reasoning' in response && response.reasoning !== undefined)
    yield { delta: '', text: '', reasoningDelta: response.reasoning, raw: response.raw }
  if ('toolCalls' in response) {
    for (const [index, call] of response.toolCalls.entries())
      yield {
        delta: '',
        text: '',
        toolCallDelta: { index, ...call, input: JSON.stringify(call.input) },
        raw: response.raw,
      }
  }
  const { text, stopReason, rawStopReason, usage, response: metadata, raw } = response
  yield { delta: text, text, stopReason, rawStopReason, usage, response: metadata, raw }
}
