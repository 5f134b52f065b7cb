import { arrayIn, jsonRequest } from '@x/sagemaker-endpoint/model-kit'
import type { EmbeddingContentHandler } from '../contract/embedding-content-handler.ts'
import { refuseOptions } from '../contract/refuse-options.ts'
import { tensorVectors } from '../formats/tensors.ts'

/**
 * Options of `kserveEmbedding()`: the names in the configuration of the model.
 *
 * @public
 */
export interface KServeEmbeddingOptions {
  /**
   * Name of the input tensor.
   * @defaultValue `'text'`
   */
  readonly input?: string | undefined
  /**
   * Name of the output tensor with the vectors.
   * @defaultValue the first tensor whose shape is that of vectors
   */
  readonly output?: string | undefined
  /**
   * Shape of the input tensor: `[count]`, or `[count, 1]` as for models of Triton with `max_batch_size`.
   * @defaultValue `'[count, 1]'`
   */
  readonly shape?: '[count]' | '[count, 1]' | undefined
}

/**
 * Triton and other servers of the Open Inference Protocol, version 2 (KServe), with tensors in JSON:
 * `{ inputs: [{ name, datatype: 'BYTES', shape, data }] }` to `{ outputs: [{ name, datatype, shape, data }] }`.
 * `additionalParameters` go into `parameters`.
 *
 * @public
 */
export function kserveEmbedding(options: KServeEmbeddingOptions = {}): EmbeddingContentHandler {
  const { input = 'text', output, shape = '[count, 1]' } = options
  const name = 'kserve'
  return {
    name,
    limits: {},
    request: (texts, call) => {
      refuseOptions(name, call, 'inputType', 'dtype')
      const inputShape = shape === '[count]' ? [texts.length] : [texts.length, 1]
      return jsonRequest({
        inputs: [{ name: input, datatype: 'BYTES', shape: inputShape, data: texts }],
        outputs: output === undefined ? undefined : [{ name: output }],
        parameters: call.additionalParameters,
      })
    },
    answer: (body, call) => tensorVectors(arrayIn(body, 'outputs'), call, output),
  }
}
