import { isObject, isStrings, parseJson } from '../../answers/json-fields.ts'
import { containerError, json, type LocalAnswer } from '../../answers/local-answer.ts'
import type { ReceivedRequest } from '../../answers/received-request.ts'
import { relevanceLogit, sigmoid } from '../relevance.ts'

/**
 * Cross-encoders of DJL Serving (LMI): `query` and `texts`, or pairs as `{ text, text_pair }` or `{ key, value }`, also below `inputs`. Scores in
 * the order of the pairs, each in its own list; a single pair gives one list. Long texts are truncated.
 */
export function answerDjlRerank(request: ReceivedRequest): LocalAnswer {
  const parsed = parseJson(request.text)
  if ('error' in parsed) return refusal('Input is not a valid json.')
  const body = isObject(parsed.value) && 'inputs' in parsed.value ? parsed.value['inputs'] : parsed.value
  if (Array.isArray(body)) {
    const pairs = body.map(readPair)
    return pairs.length === 0 || pairs.includes(undefined)
      ? missing()
      : json(pairs.map((pair) => pair && scoreOf(pair)))
  }
  if (isObject(body) && typeof body['query'] === 'string') {
    const { query, texts } = body
    return isStrings(texts) ? json(texts.map((text) => scoreOf([query, text]))) : missing()
  }
  const pair = readPair(body)
  return pair ? json(scoreOf(pair)) : missing()
}

type Pair = readonly [query: string, document: string]

function scoreOf([query, document]: Pair): readonly [number] {
  return [sigmoid(relevanceLogit(query, document))]
}

function readPair(value: unknown): Pair | undefined {
  if (!isObject(value)) return undefined
  const [query, document] = [value['text'] ?? value['key'], value['text_pair'] ?? value['value']]
  return typeof query === 'string' && typeof document === 'string' ? [query, document] : undefined
}

function missing(): LocalAnswer {
  return refusal('Missing text or text_pair in json.')
}

function refusal(message: string): LocalAnswer {
  return containerError(400, { code: 400, type: 'TranslateException', message })
}
