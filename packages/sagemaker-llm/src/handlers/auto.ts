import { answerFormat } from './auto-format.ts'
import { tgiPromptBody } from '../formats/generated-text/generate-body.ts'
import { openaiBody } from '../formats/openai/openai-request.ts'
import type { CodecRequest } from '@x/bedrock-like-types'
import type { ContentHandler } from '../contract/content-handler.ts'
import { FirstValueReader } from '../contract/first-value-reader.ts'
import { jsonRequest } from '@x/sagemaker-endpoint/model-kit'
import type { MessagesCall, PromptCall } from '../contract/model-call.ts'

const name = 'auto'

/**
 * For endpoints whose container is not known. It is the default, and enough for TGI, LMI, vLLM, SGLang and their like.
 *
 * Request: a conversation is sent in OpenAI's format, as `openai()` does; a prompt in TGI's, which LMI takes, too, as `tgi()` does, but
 * without `do_sample` unless the temperature is 0.
 * Answer: every format that a handler of this package reads, known by its members; framing does not matter, and no request is made to
 * find out. What says that it is `text/plain` and does not begin like JSON or an event is text. A container that takes other requests (a prompt to vLLM, Cohere, AI21, Triton, JumpStart scripts)
 * needs its own handler.
 *
 * Source: those of the other handlers.
 */
export function auto(): ContentHandler {
  return {
    name,
    request: (call) => (call.messages === undefined ? promptRequest(call) : chatRequest(call)),
    isText: (contentType, start) => /^text\/plain\b/i.test(contentType ?? '') && !startOfJson.test(start),
    answer: (body, call) =>
      answerFormat(body)?.answer(body, call) ?? {
        error: { kind: 'unreadable', message: 'none of the known formats looks like this' },
      },
    reader: (call) => new FirstValueReader((value) => answerFormat(value)?.reader(call)),
  }
}

/** JSON or a server-sent event: many scripts send them as `text/plain`. */
const startOfJson = /^(?:[[{":]|data:|event:|id:|retry:|error:)/

function chatRequest(call: MessagesCall): CodecRequest {
  const { body, warnings } = openaiBody(call, { handlerName: name })
  return jsonRequest(body, { warnings })
}

function promptRequest(call: PromptCall): CodecRequest {
  const { body, warnings } = tgiPromptBody(call, { handlerName: name, samplingFlag: false })
  return jsonRequest(body, { warnings })
}
