import { isJsonObject } from '../answer/json-object.ts'
import { generateBody, temperatureOrGreedy, tgiLimits } from '../generated-text-format/generate-body.ts'
import { generatedTextAnswer } from '../generated-text-format/generated-text-answer.ts'
import { tgiGrammar } from '../generated-text-format/tgi-grammar.ts'
import { TokenReader } from '../generated-text-format/token-reader.ts'
import { openaiAnswer } from '../openai-format/openai-answer.ts'
import { OpenaiReader } from '../openai-format/openai-reader.ts'
import { openaiBody } from '../openai-format/openai-request.ts'
import type { ContentHandler } from './content-handler.ts'
import { FirstValueReader } from './first-value-reader.ts'
import { jsonRequest } from './json-request.ts'

const name = 'auto()'

/** For endpoints whose container is not known. */
export function auto(): ContentHandler {
  return {
    name,
    request(call) {
      if (call.messages !== undefined) {
        const { body, warnings } = openaiBody(call, { handlerName: name })
        return jsonRequest(body, { warnings })
      }
      const { body, warnings } = generateBody(call, {
        handlerName: name,
        overrides: {
          ...temperatureOrGreedy(call.temperature, false),
          ...tgiLimits(call),
          details: true,
          return_full_text: false,
          grammar: tgiGrammar(call.responseFormat),
        },
      })
      return jsonRequest(body, { warnings })
    },
    answer: (body, call) => (isChatAnswer(body) ? openaiAnswer(body) : generatedTextAnswer(body, call)),
    reader: (call) =>
      new FirstValueReader((value) => (isChatAnswer(value) ? new OpenaiReader(call) : new TokenReader(call))),
  }
}

function isChatAnswer(value: unknown): boolean {
  return isJsonObject(value) && 'choices' in value
}
