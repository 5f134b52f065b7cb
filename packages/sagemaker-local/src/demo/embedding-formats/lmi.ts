import { containerError, json, type LocalAnswer } from '../../answers/local-answer.ts'
import type { ReceivedRequest } from '../../answers/received-request.ts'
import { embedText } from '../embed-text.ts'
import { isObject, isStrings, parseJson } from '../../answers/json-fields.ts'
import type { EmbeddingSettings } from './settings.ts'

/** LMI's Rust, ONNX and PyTorch engines: a flat vector for one text, a list of vectors for several; the body may be bare, too. */
export function answerLmiEmbedding(request: ReceivedRequest, { dimensions }: EmbeddingSettings): LocalAnswer {
  const parsed = parseJson(request.text)
  const value = 'error' in parsed ? undefined : parsed.value
  const inputs = isObject(value) ? value['inputs'] : value
  const embed = (text: string): number[] => [...embedText(text, dimensions)]
  if (typeof inputs === 'string') return json(embed(inputs))
  if (isStrings(inputs)) return json(inputs.map(embed))
  return containerError(400, { code: 400, type: 'TranslateException', message: 'Missing "inputs" in json.' })
}
