import { tgiGrammar, tgiPromptBody } from '../formats/generated-text/generate-body.ts'
import { promptOrChatAnswer, promptOrChatReader } from '../formats/generated-text/prompt-or-chat.ts'
import { openaiBody, openaiParameterNames } from '../formats/openai/openai-request.ts'
import type { CodecRequest } from '@x/bedrock-like-types'
import type { ContentHandler } from '../contract/content-handler.ts'
import { invalidRequest } from '../contract/invalid-request.ts'
import { jsonRequest } from '@x/sagemaker-endpoint/model-kit'
import type { MessagesCall, PromptCall } from '../contract/model-call.ts'

const name = 'tgi'

/**
 * Hugging Face Text Generation Inference (TGI).
 *
 * Request: `{ inputs, parameters, stream }` with the parameters `max_new_tokens`, `temperature`, `do_sample`, `top_p?`, `top_k?`,
 * `stop?`, `seed?`, `details: true`, `return_full_text: false`, `grammar?`. Temperature 0 is sent as `do_sample: false` and `top_p` of 1 not at all,
 * because TGI refuses both. A conversation is sent as OpenAI `messages`, which TGI takes on the same route since 2.4
 * (1.4 to 2.3 with `MESSAGES_API_ENABLED=true`); give `messagesToPrompt` for older ones.
 * Answer: `[{ generated_text, details: { finish_reason, generated_tokens } }]`.
 * Stream: `data: { token: { id, text, special }, generated_text: null, details: null }`; in the last event `generated_text` is the
 * whole text. No `[DONE]`. Tokens with `special: true` are not text.
 *
 * Source: huggingface/text-generation-inference `router/src/{sagemaker,server,lib,validation}.rs`.
 */
export function tgi(): ContentHandler {
  return {
    name,
    request: (call) => (call.messages === undefined ? generateRequest(call) : chatRequest(call)),
    answer: promptOrChatAnswer,
    reader: promptOrChatReader,
  }
}

function generateRequest(call: PromptCall): CodecRequest {
  const { body, warnings } = tgiPromptBody(call, { handlerName: name, samplingFlag: true })
  return jsonRequest(body, { warnings })
}

function chatRequest(call: MessagesCall): CodecRequest {
  const grammar = tgiGrammar(call.responseFormat)
  if (grammar !== undefined && call.tools?.length) {
    throw invalidRequest(`responseFormat: ${name} cannot be held to JSON and have tools at once`, 'responseFormat')
  }
  // TGI's messages route ignores these three without a word.
  const { topK: _, reasoningEffort: __, parallelToolCalls: ___, ...names } = openaiParameterNames
  const { body, warnings } = openaiBody(call, {
    handlerName: name,
    names,
    overrides: { response_format: grammar, ...(call.topP !== undefined && call.topP >= 1 ? { top_p: undefined } : {}) },
  })
  return jsonRequest(body, { warnings })
}
