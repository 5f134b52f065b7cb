import { jsonRequest } from '@x/sagemaker-endpoint/model-kit'
import type { EmbeddingContentHandler } from '../contract/embedding-content-handler.ts'
import { refuseOptions } from '../contract/refuse-options.ts'
import { anyVectors } from '../formats/any-vectors.ts'
import { multiVectorAnswer } from '../formats/multi-vectors.ts'
import { sparseAnswer } from '../formats/sparse-vectors.ts'

/**
 * The default: sends `{ inputs: [...] }`, which TEI, LMI and the Hugging Face toolkit take, and reads the answer of any
 * container. `dimensions` and `normalize` are sent, under these names, only if they are set.
 *
 * Containers that want another body (`input`, `texts`, `text_inputs`, `inputText`) need their own handler: there is no way to
 * ask an endpoint which body it wants, and none is tried out.
 *
 * @public
 */
export function autoEmbedding(): EmbeddingContentHandler {
  const name = 'auto'
  const request: EmbeddingContentHandler['request'] = (texts, call) => {
    refuseOptions(name, call, 'inputType', 'dtype')
    return jsonRequest({
      inputs: texts,
      normalize: call.normalize,
      dimensions: call.dimensions,
      ...call.additionalParameters,
    })
  }
  const limits = {}
  return {
    name,
    limits,
    request,
    answer: anyVectors,
    sparse: { limits, request, answer: sparseAnswer },
    multiVector: { limits, request, answer: multiVectorAnswer },
  }
}
