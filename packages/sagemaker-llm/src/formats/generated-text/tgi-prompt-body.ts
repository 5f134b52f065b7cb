import type { PromptCall } from '../../contract/model-call.ts'
import { generateBody, temperatureOrGreedy, type GenerateBody } from './generate-body.ts'
import { tgiGrammar } from './tgi-grammar.ts'

/** What differs between those who send prompts to TGI. */
export interface TgiPromptBodyOptions {
  /** Names the container in warnings. */
  readonly handlerName: string
  /** As for {@link temperatureOrGreedy}. */
  readonly samplingFlag: boolean
}

/** The body of a prompt to TGI. */
export function tgiPromptBody(call: PromptCall, { handlerName, samplingFlag }: TgiPromptBodyOptions): GenerateBody {
  return generateBody(call, {
    handlerName,
    overrides: {
      ...temperatureOrGreedy(call.temperature, samplingFlag),
      ...tgiLimits(call),
      details: true,
      return_full_text: false,
      grammar: tgiGrammar(call.responseFormat),
    },
  })
}

/** TGI refuses `top_p` of 1 and `top_k` of 0 or less, which mean "not limited" elsewhere. */
function tgiLimits({ topP, topK }: PromptCall): Readonly<Record<string, unknown>> {
  return {
    ...(topP !== undefined && topP >= 1 ? { top_p: undefined } : {}),
    ...(topK !== undefined && topK <= 0 ? { top_k: undefined } : {}),
  }
}
