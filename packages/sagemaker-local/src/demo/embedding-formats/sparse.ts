import { fnv1a } from '../../answers/seeded-random.ts'
import { fieldsOf, isObject, isStrings, parseJson, type JsonObject } from '../../answers/json-fields.ts'
import { containerError, json, type LocalAnswer } from '../../answers/local-answer.ts'
import type { ReceivedRequest } from '../../answers/received-request.ts'
import { embedText } from '../embed-text.ts'
import { countTokens, tokenize } from '../language/tokenizer.ts'
import { checkTokens, readTeiBody, readTeiInputs, teiMaxBatchSize, teiRefusal } from '../servers/tei-server.ts'
import type { EmbeddingSettings } from './settings.ts'

/** Size of the vocabulary of BERT, to which SPLADE's indices belong. */
const vocabularySize = 30_522

/** `/invocations` of Text Embeddings Inference with pooling `splade` (its `/embed_sparse`): a list of weights per text, also for one text. */
export function answerTeiSparse(request: ReceivedRequest, settings: EmbeddingSettings): LocalAnswer {
  return readTeiBody(request, ['inputs'], (body) => embed(body, settings))
}

function embed(body: JsonObject, { maxTokens }: EmbeddingSettings): LocalAnswer {
  const inputs = readTeiInputs(body['inputs'])
  const truncate = fieldsOf(body).boolean('truncate') ?? false
  if (inputs.length > teiMaxBatchSize) {
    return teiRefusal(422, 'Validation', `batch size ${inputs.length} > maximum allowed batch size ${teiMaxBatchSize}`)
  }
  if (inputs.length === 0 || inputs.includes('')) return teiRefusal(400, 'Empty', '`inputs` cannot be empty')
  const tooLong = checkTokens(inputs.map(countTokens), truncate ? Infinity : maxTokens)
  if (tooLong) return tooLong
  return json(
    inputs.map((text) =>
      [...lexicalWeights(text)].map(([index, value]) => ({ index, value })).toSorted((a, b) => a.index - b.index),
    ),
  )
}

/** BGE-M3 on LMI: a dense vector and the weights of the tokens, by their ids as text. One object for one text, a list for several. */
export function answerLmiSparse(request: ReceivedRequest, { dimensions }: EmbeddingSettings): LocalAnswer {
  const parsed = parseJson(request.text)
  const value = 'error' in parsed ? undefined : parsed.value
  const inputs = isObject(value) ? value['inputs'] : value
  const both = (text: string): object => ({
    dense_vecs: [...embedText(text, dimensions)],
    lexical_weights: Object.fromEntries(lexicalWeights(text)),
  })
  if (typeof inputs === 'string') return json(both(inputs))
  if (isStrings(inputs)) return json(inputs.map(both))
  return containerError(400, { code: 400, type: 'TranslateException', message: 'Missing "inputs" in json.' })
}

/** A weight per distinct word, which grows with the logarithm of how often it occurs: texts with the same words have a large dot product. */
function lexicalWeights(text: string): Map<number, number> {
  const counts = new Map<number, number>()
  for (const token of tokenize(text.toLowerCase())) {
    const word = token.trim()
    if (word === '') continue
    const id = fnv1a(word) % vocabularySize
    counts.set(id, (counts.get(id) ?? 0) + 1)
  }
  return new Map([...counts].map(([id, count]) => [id, Math.log(1 + count)]))
}
