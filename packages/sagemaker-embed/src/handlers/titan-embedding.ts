import { anyVectors } from '../formats/any-vectors.ts'
import type { EmbeddingContentHandler } from '../contract/embedding-content-handler.ts'
import { jsonRequest } from './json-request.ts'

/**
 * The format of Amazon Titan text embeddings: `{ inputText, dimensions?, normalize? }` to `{ embedding }`. One text per
 * request; the option `concurrency` is what makes it fast.
 *
 * @public
 */
export function titanEmbedding(): EmbeddingContentHandler {
  return {
    name: 'titan',
    limits: { maxTexts: 1 },
    request: ([text], call) =>
      jsonRequest({
        inputText: text,
        dimensions: call.dimensions,
        normalize: call.normalize,
        ...call.additionalParameters,
      }),
    answer: anyVectors,
  }
}
