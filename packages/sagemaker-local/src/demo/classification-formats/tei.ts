import { FieldError, fieldsOf, isStrings, type JsonObject } from '../../answers/json-fields.ts'
import { json, type LocalAnswer } from '../../answers/local-answer.ts'
import type { ReceivedRequest } from '../../answers/received-request.ts'
import { countTokens } from '../language/tokenizer.ts'
import { sigmoid, softmax } from '../relevance.ts'
import { checkTokens, readTeiBody, teiMaxBatchSize, teiRefusal } from '../servers/tei-server.ts'
import { bestFirst, labelLogits, type ClassificationSettings } from './classifier.ts'

/**
 * `/invocations` of Text Embeddings Inference with a classifier (its `/predict`): all labels, best first. A list of two texts is one pair; the
 * batch of two texts is a list of lists.
 */
export function answerTeiClassification(request: ReceivedRequest, settings: ClassificationSettings): LocalAnswer {
  return readTeiBody(request, ['inputs'], (body) => predict(body, settings))
}

function predict(body: JsonObject, settings: ClassificationSettings): LocalAnswer {
  const fields = fieldsOf(body)
  const inputs = readInputs(body['inputs'])
  const truncate = fields.boolean('truncate') ?? false
  const rawScores = fields.boolean('raw_scores') ?? false
  const texts = inputs.batch
  if (texts.length === 0 || texts.includes('')) return teiRefusal(400, 'Empty', '`inputs` cannot be empty')
  if (texts.length > teiMaxBatchSize) {
    return teiRefusal(422, 'Validation', `batch size ${texts.length} > maximum allowed batch size ${teiMaxBatchSize}`)
  }
  const tooLong = checkTokens(
    texts.map((text) => countTokens(text) + 2),
    truncate ? Infinity : settings.maxTokens,
  )
  if (tooLong) return tooLong
  const names = Object.keys(settings.labels)
  const predictions = texts.map((text) => {
    const logits = labelLogits(text, settings.labels)
    return bestFirst(names, rawScores ? logits : names.length === 1 ? logits.map(sigmoid) : softmax(logits))
  })
  return json(inputs.single ? predictions[0] : predictions)
}

/** One text, one pair, or a batch of lists that hold a text or a pair; a pair is read as one text. */
function readInputs(inputs: unknown): { readonly single: boolean; readonly batch: readonly string[] } {
  if (typeof inputs === 'string') return { single: true, batch: [inputs] }
  const single = sequenceOf(inputs)
  if (single !== undefined) return { single: true, batch: [single] }
  const batch = Array.isArray(inputs) ? inputs.map(sequenceOf) : [undefined]
  if (batch.includes(undefined)) {
    throw new FieldError('inputs', 'a string, a pair of strings, or a batch of lists with one or two strings')
  }
  return { single: false, batch: batch.filter((text) => text !== undefined) }
}

function sequenceOf(value: unknown): string | undefined {
  return isStrings(value) && (value.length === 1 || value.length === 2) ? value.join(' ') : undefined
}
