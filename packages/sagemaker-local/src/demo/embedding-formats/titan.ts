import { containerError, json, type LocalAnswer } from '../../answers/local-answer.ts'
import type { ReceivedRequest } from '../../answers/received-request.ts'
import { embedText, toUnitLength } from '../embed-text.ts'
import { countTokens } from '../language/tokenizer.ts'
import { FieldError, fieldsOf, isObject, parseJson } from '../../answers/json-fields.ts'
import { quantize } from './quantize.ts'
import type { EmbeddingSettings } from './settings.ts'

/** The schema of Amazon Titan, as home-made containers speak it: one text per call. */
export function answerTitan(request: ReceivedRequest, settings: EmbeddingSettings): LocalAnswer {
  const parsed = parseJson(request.text)
  if ('error' in parsed || !isObject(parsed.value))
    return refusal('Malformed input request, please reformat your input and try again.')
  try {
    const fields = fieldsOf(parsed.value)
    const text = fields.string('inputText')
    if (text === undefined) return refusal('Malformed input request: #: required key [inputText] not found')
    const tokens = countTokens(text)
    if (tokens > settings.maxTokens) {
      return refusal(
        `Too many input tokens. Max input tokens: ${settings.maxTokens}, request input token count: ${tokens}`,
      )
    }
    const dimensions = fields.integer('dimensions') ?? settings.dimensions
    if (dimensions < 1 || dimensions > settings.dimensions)
      return refusal(`dimensions must be at most ${settings.dimensions}`)
    const whole = embedText(text, settings.dimensions).subarray(0, dimensions)
    const vector = (fields.boolean('normalize') ?? true) ? toUnitLength(whole) : whole
    const types = fields.strings('embeddingTypes') ?? ['float']
    const byType = [
      ...(types.includes('float') ? [['float', quantize(vector, 'float')] as const] : []),
      ...(types.includes('binary') ? [['binary', quantize(vector, 'ubinary')] as const] : []),
    ]
    return json({
      embedding: [...vector],
      embeddingsByType: Object.fromEntries(byType),
      inputTextTokenCount: tokens,
    })
  } catch (error) {
    if (error instanceof FieldError) return refusal(error.message)
    throw error
  }
}

function refusal(message: string): LocalAnswer {
  return containerError(400, { message })
}
