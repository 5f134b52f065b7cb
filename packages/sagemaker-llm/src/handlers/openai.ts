import { openaiAnswer } from '../formats/openai/openai-answer.ts'
import type { OpenAIMessageOptions } from '../formats/openai/openai-messages.ts'
import { OpenAIReader } from '../formats/openai/openai-reader.ts'
import { asMessages, openaiBody } from '../formats/openai/openai-request.ts'
import type { ContentHandler } from '../contract/content-handler.ts'
import type { ModelCall } from '../contract/model-call.ts'
import { type ToolCallText, toolCallTextReader, withToolCallText } from '../formats/openai/tool-call-text.ts'
import { jsonRequest } from '@x/sagemaker-endpoint/model-kit'

/** Options of {@link openai}. */
export interface OpenAIOptions extends OpenAIMessageOptions {
  /**
   * How `complete` sends its prompt: as `prompt` of a completion, or as the only message of a chat, for containers that
   * have no other route (SGLang, NIM, llama.cpp).
   *
   * @defaultValue `'prompt'`
   */
  readonly completeAs?: 'prompt' | 'message' | undefined
  /**
   * How the model writes tool calls into its text, for servers that leave them there: `'hermes'` (`<tool_call>{...}</tool_call>`, also
   * of Qwen), `'llama3'` (an object and nothing else) or `'mistral'` (`[TOOL_CALLS]...`). What looks like a call and cannot be read stays
   * text. Only calls with tools are looked at.
   * @defaultValue none: text is text
   */
  readonly toolCallText?: ToolCallText | undefined
}

/**
 * The OpenAI format, as vLLM, SGLang, TGI's messages API, LMI chat, NIM, Nova and llama.cpp speak it.
 *
 * Request: `messages` (for a completion `prompt`), `model?`, `max_tokens`, `temperature`, `top_p?`, `top_k?`, `stop?`, `seed?`,
 * `stream`, `stream_options?`, `tools?`, `tool_choice?`, `response_format?`.
 * Answer: `{ choices: [{ message: { content, reasoning?, tool_calls? }, finish_reason }], usage }`.
 * Stream: `data: { choices: [{ delta, finish_reason }] }`, then a chunk with `usage` and no choices, then `data: [DONE]`; LMI
 * sends the same chunks as JSON lines without `[DONE]`.
 *
 * Source: openai/openai-openapi; vllm-project/vllm `entrypoints/openai/chat_completion/protocol.py`,
 * sgl-project/sglang `serving_chat.py`, deepjavalibrary/djl-serving `chat_input_output_schema.md`.
 */
export function openai(options: OpenAIOptions = {}): ContentHandler {
  const name = 'openai'
  const toolCallTextOf = (call: ModelCall): ToolCallText | undefined =>
    call.tools?.length ? options.toolCallText : undefined
  return {
    name,
    request(call) {
      const input = options.completeAs === 'message' ? asMessages(call) : call
      const { body, warnings } = openaiBody(input, { handlerName: name, ...options })
      return jsonRequest(body, { warnings })
    },
    answer: (body, call) => {
      const format = toolCallTextOf(call)
      return format === undefined ? openaiAnswer(body) : withToolCallText(openaiAnswer(body), format)
    },
    reader: (call) => {
      const format = toolCallTextOf(call)
      const reader = new OpenAIReader(call)
      return format === undefined ? reader : toolCallTextReader(reader, format)
    },
  }
}
