import { AnswerError, describeShape, isJsonObject, jsonRequest } from '@x/sagemaker-endpoint/model-kit'
import type { EmbeddingContentHandler } from '../contract/embedding-content-handler.ts'
import { refuseOptions } from '../contract/refuse-options.ts'
import { nestedVectors } from '../formats/nested-vectors.ts'

/**
 * Options of `jumpstartEmbedding()`.
 *
 * @public
 */
export interface JumpstartEmbeddingOptions {
  /**
   * What the model's script takes: `{ text_inputs: [...] }` (text embedding, such as GPT-J), or a bare `array` of texts
   * (sentence similarity, such as the older BGE, GTE, E5 and MiniLM).
   * @defaultValue `'text_inputs'`
   */
  readonly input?: 'text_inputs' | 'array' | undefined
}

/**
 * JumpStart's own embedding scripts, which answer `{ embedding: [[number]] }`. Newer JumpStart models run in TEI: use
 * `teiEmbedding()`.
 *
 * @public
 */
export function jumpstartEmbedding(options: JumpstartEmbeddingOptions = {}): EmbeddingContentHandler {
  const { input = 'text_inputs' } = options
  const name = 'jumpstart'
  return {
    name,
    limits: {},
    request: (texts, call) => {
      refuseOptions(name, call, 'inputType', 'dtype')
      return jsonRequest(input === 'array' ? texts : { text_inputs: texts, ...call.additionalParameters })
    },
    answer: (body, call) => {
      if (!isJsonObject(body)) throw new AnswerError(`expected an object with embedding, got ${describeShape(body)}`)
      return nestedVectors(body['embedding'], call)
    },
  }
}
