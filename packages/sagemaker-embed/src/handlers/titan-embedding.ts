import { isJsonObject, jsonRequest } from '@x/sagemaker-endpoint/model-kit'
import type { EmbeddingContentHandler } from '../contract/embedding-content-handler.ts'
import { refuseOptions } from '../contract/refuse-options.ts'
import { anyVectors } from '../formats/any-vectors.ts'

/**
 * The format of Amazon Titan text embeddings: `{ inputText, dimensions?, normalize? }` to `{ embedding }`. One text per request;
 * the option `concurrency` is what makes it fast.
 *
 * @public
 */
export function titanEmbedding(): EmbeddingContentHandler {
  const name = 'titan'
  return {
    name,
    limits: { maxTexts: 1 },
    request: ([text], call) => {
      refuseOptions(name, call, 'inputType', 'dtype')
      return jsonRequest({
        inputText: text,
        dimensions: call.dimensions,
        normalize: call.normalize,
        ...call.additionalParameters,
      })
    },
    answer: (body, call) => anyVectors(isJsonObject(body) ? (body['embedding'] ?? body) : body, call),
  }
}
