import { anyVectors } from '../formats/any-vectors.ts'
import type { EmbeddingContentHandler } from '../contract/embedding-content-handler.ts'
import { jsonRequest } from './json-request.ts'

/**
 * The default: sends `{ inputs: [...] }`, which TEI, LMI and the Hugging Face toolkit take, and reads the answer of any
 * container. `dimensions` and `normalize` are sent, under these names, only when they are set.
 *
 * Containers that want another body (`input`, `texts`, `text_inputs`, `inputText`) need their own handler: which body an
 * endpoint wants cannot be asked, and is not tried out.
 *
 * @public
 */
export function autoEmbedding(): EmbeddingContentHandler {
  return {
    name: 'auto',
    limits: {},
    request: (texts, call) =>
      jsonRequest({
        inputs: texts,
        normalize: call.normalize,
        dimensions: call.dimensions,
        ...call.additionalParameters,
      }),
    answer: anyVectors,
  }
}
