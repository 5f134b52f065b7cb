import { containerError, json, type LocalAnswer } from '../../answers/local-answer.ts'
import type { ReceivedRequest } from '../../answers/received-request.ts'
import { chatTurns } from './chat-turns.ts'
import { generateDeltas, wholeAnswer, type DeltaOptions } from './deltas.ts'
import { inputLength, type DemoSettings } from './generation.ts'
import { FieldError, fieldsOf, isObject, isStrings, parseJson } from '../../answers/json-fields.ts'

const defaultMaxNewTokens = 20

/**
 * The Hugging Face Inference Toolkit with a text-generation pipeline. It does not stream, reports neither finish reason nor usage, and
 * repeats the prompt unless `return_full_text` is false.
 */
export function answerHuggingFace(request: ReceivedRequest, settings: DemoSettings): LocalAnswer {
  const parsed = parseJson(request.text)
  if ('error' in parsed) return refusal(parsed.error)
  try {
    // Without `inputs` the whole body is the input.
    const { inputs = parsed.value, parameters = {} } = isObject(parsed.value) ? parsed.value : {}
    if (!isObject(parameters)) return refusal('`parameters` must be an object')
    const fields = fieldsOf(parameters)
    const generate = pipeline(fields.boolean('return_full_text') ?? true, fields.integer('num_return_sequences') ?? 1, {
      maxNewTokens: fields.integer('max_new_tokens') ?? defaultMaxNewTokens,
      temperature: fields.boolean('do_sample') ? (fields.number('temperature') ?? 1) : 0,
      topP: fields.number('top_p'),
      topK: fields.integer('top_k'),
      seed: settings.seed,
      stopSequences: fields.strings('stop_strings') ?? [],
    })
    if (typeof inputs === 'string') return json(generate.text(inputs, settings))
    if (isStrings(inputs)) return json(inputs.map((input) => generate.text(input, settings)))
    if (Array.isArray(inputs)) return json(generate.chat(inputs))
    return refusal('The input must be text, texts or messages')
  } catch (error) {
    if (error instanceof FieldError || error instanceof RangeError) return refusal(error.message)
    throw error
  }
}

function pipeline(returnFullText: boolean, sequences: number, options: DeltaOptions) {
  const variants = Array.from({ length: sequences }, (_, index) => ({ ...options, seed: `${options.seed}/${index}` }))
  return {
    text(input: string, settings: DemoSettings): object[] {
      if (inputLength(input) + options.maxNewTokens > settings.contextWindow) {
        throw new RangeError(
          `This is a friendly reminder - the current text generation call has exceeded the model's predefined maximum length (${settings.contextWindow}).`,
        )
      }
      return variants.map((variant) => ({
        generated_text: (returnFullText ? input : '') + wholeAnswer(generateDeltas(input, variant)).text,
      }))
    },
    chat(messages: readonly unknown[]): object[] {
      const turns = chatTurns(messages)
      return variants.map((variant) => {
        const reply = { role: 'assistant', content: wholeAnswer(generateDeltas(turns, variant)).text }
        return { generated_text: returnFullText ? [...messages, reply] : reply.content }
      })
    },
  }
}

/** The error of the Multi Model Server in which the pipeline runs. */
function refusal(message: string): LocalAnswer {
  return containerError(400, { code: 400, type: 'InternalServerException', message })
}
