import { fieldsOf, isObject, isStrings, parseJson } from '../../answers/json-fields.ts'
import { containerError, json, type LocalAnswer } from '../../answers/local-answer.ts'
import type { ReceivedRequest } from '../../answers/received-request.ts'
import { embedText } from '../embed-text.ts'
import type { EmbeddingSettings } from './settings.ts'

/** Triton with tensors of KServe version 2: texts as one tensor of BYTES, vectors as one flat tensor of FP32 with its shape. */
export function answerKserveEmbedding(request: ReceivedRequest, settings: EmbeddingSettings): LocalAnswer {
  const parsed = parseJson(request.text)
  const inputs = 'value' in parsed && isObject(parsed.value) ? fieldsOf(parsed.value).array('inputs') : undefined
  const tensor = inputs?.find((input) => isObject(input) && input['datatype'] === 'BYTES')
  const texts: unknown = isObject(tensor) && Array.isArray(tensor['data']) ? tensor['data'].flat(Infinity) : undefined
  if (!isStrings(texts)) {
    return containerError(400, {
      error: "failed to parse the request JSON buffer: input of datatype 'BYTES' is missing",
    })
  }
  return json({
    model_name: settings.modelName,
    model_version: '1',
    outputs: [
      {
        name: 'embeddings',
        datatype: 'FP32',
        shape: [texts.length, settings.dimensions],
        data: texts.flatMap((text) => [...embedText(text, settings.dimensions)]),
      },
    ],
  })
}
