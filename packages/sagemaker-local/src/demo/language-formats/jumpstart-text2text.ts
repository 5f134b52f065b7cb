import { containerError, json, type LocalAnswer } from '../../answers/local-answer.ts'
import type { ReceivedRequest } from '../../answers/received-request.ts'
import { generateDeltas, wholeAnswer, type DeltaOptions } from './deltas.ts'
import type { DemoSettings } from './generation.ts'
import { FieldError, fieldsOf, isObject, isStrings, parseJson } from '../../answers/json-fields.ts'

const defaultMaxLength = 50

/**
 * FLAN-T5 and its like as JumpStart first deployed them: `text_inputs` beside flat parameters, or one text as `application/x-text`. They do not
 * stream and report neither finish reason nor usage.
 */
export function answerJumpStartText2Text(request: ReceivedRequest, settings: DemoSettings): LocalAnswer {
  if (request.contentType?.startsWith('application/x-text')) {
    return json({ generated_text: write(request.text, options(settings)) })
  }
  const parsed = parseJson(request.text)
  if ('error' in parsed) return refusal(parsed.error)
  try {
    if (!isObject(parsed.value)) return refusal('The request must be a JSON object')
    const { text_inputs: inputs } = parsed.value
    const texts = typeof inputs === 'string' ? [inputs] : inputs
    if (!isStrings(texts)) return refusal('Input payload must contain text_inputs key.')
    const fields = fieldsOf(parsed.value)
    const seed = fields.integer('seed') ?? settings.seed
    const sequences = fields.integer('num_return_sequences') ?? 1
    const read: DeltaOptions = {
      maxNewTokens: fields.integer('max_length') ?? defaultMaxLength,
      temperature: fields.boolean('do_sample') ? (fields.number('temperature') ?? 1) : 0,
      topP: fields.number('top_p'),
      topK: fields.integer('top_k'),
      seed,
      stopSequences: [],
    }
    const variants = Array.from({ length: sequences }, (_, index) => ({ ...read, seed: `${seed}/${index}` }))
    return json({ generated_texts: texts.flatMap((text) => variants.map((variant) => write(text, variant))) })
  } catch (error) {
    if (error instanceof FieldError) return refusal(error.message)
    throw error
  }
}

function options({ seed }: DemoSettings): DeltaOptions {
  return { maxNewTokens: defaultMaxLength, temperature: 0, seed, stopSequences: [] }
}

function write(text: string, options: DeltaOptions): string {
  return wholeAnswer(generateDeltas(text, options)).text.trimStart()
}

function refusal(message: string): LocalAnswer {
  return containerError(400, { code: 400, type: 'InternalServerException', message })
}
