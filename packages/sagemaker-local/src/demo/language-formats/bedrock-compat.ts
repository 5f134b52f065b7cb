import { json, type LocalAnswer } from '../../answers/local-answer.ts'
import type { ReceivedRequest } from '../../answers/received-request.ts'
import { generateDeltas, wholeAnswer } from './deltas.ts'
import { inputLength, type DemoSettings } from './generation.ts'
import { FieldError, fieldsOf, isObject, parseJson } from '../../answers/json-fields.ts'
import { LmiRequestError, lmiHandlerError, lmiRefusal } from './lmi/errors.ts'

const defaultMaxGenLen = 512

/** LMI in its `bedrock_compat` mode: Llama's schema of Bedrock, in an envelope with metering. Not streamed. */
export function answerBedrockCompat(request: ReceivedRequest, settings: DemoSettings): LocalAnswer {
  const parsed = parseJson(request.text)
  if ('error' in parsed) return lmiHandlerError(parsed.error)
  try {
    if (!isObject(parsed.value) || typeof parsed.value['prompt'] !== 'string')
      return lmiHandlerError('prompt is required')
    const { prompt } = parsed.value
    const fields = fieldsOf(parsed.value)
    if (inputLength(prompt) > settings.contextWindow) {
      return lmiRefusal(new LmiRequestError(`This model's maximum context length is ${settings.contextWindow} tokens.`))
    }
    const { text, end } = wholeAnswer(
      generateDeltas(prompt, {
        maxNewTokens: fields.integer('max_gen_len') ?? defaultMaxGenLen,
        temperature: fields.number('temperature') ?? 0.5,
        topP: fields.number('top_p') ?? 0.9,
        seed: settings.seed,
        stopSequences: [],
      }),
    )
    return json({
      body: {
        generation: text,
        prompt_token_count: end.inputTokens,
        generation_token_count: end.outputTokens,
        stop_reason: end.finishReason,
      },
      metering: { inputTokenCount: end.inputTokens, outputTokenCount: end.outputTokens },
      content_type: 'application/json',
    })
  } catch (error) {
    if (error instanceof FieldError) return lmiHandlerError(error.message)
    throw error
  }
}
