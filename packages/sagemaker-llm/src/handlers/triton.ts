import type { ContentHandler } from '../contract/content-handler.ts'
import { jsonRequest } from '@x/sagemaker-endpoint/model-kit'
import { refuseAbilities } from '../contract/refuse-abilities.ts'
import { type ParameterNames, renameParameters } from '../contract/rename-parameters.ts'
import { tritonAnswer, TritonReader, type TritonStreamText } from '../formats/triton/triton-answer.ts'

/** Options of {@link triton}. */
export interface TritonOptions {
  /**
   * The route that the container was set to by `SAGEMAKER_TRITON_INFERENCE_TYPE`: `'generate'` (also `generate_stream`) takes JSON,
   * `'infer'` takes tensors.
   * @defaultValue `'generate'`
   */
  readonly inferenceType?: 'generate' | 'infer' | undefined
  /**
   * What each event of a stream holds, which the model's configuration decides: the new text, or all text so far.
   * @defaultValue `'delta'`
   */
  readonly streamText?: TritonStreamText | undefined
}

const name = 'triton'

/**
 * NVIDIA Triton with a text model such as TensorRT-LLM's ensemble.
 *
 * Request: `{ text_input, max_tokens, temperature, top_p?, top_k?, stop_words?, random_seed?, stream }`; with `inferenceType: 'infer'` the same as
 * KServe v2 tensors, `{ inputs: [{ name, datatype, shape, data }] }`, with the additional parameters as `parameters`.
 * Answer: `{ text_output }` or `{ outputs: [{ name: 'text_output', data: [text] }] }`.
 * Stream: `data: { text_output }`. No marker of the end, no stop reason, no token counts. The prompt may come first; it is taken
 * away if it does.
 *
 * Source: triton-inference-server/server `docs/protocol/extension_generate.md`, `src/sagemaker_server.cc`.
 */
export function triton(options: TritonOptions = {}): ContentHandler {
  return {
    name,
    takes: 'prompt',
    request(call) {
      refuseAbilities(call, name)
      const { parameters, warnings } = renameParameters(call, name, names)
      const inputs = { text_input: call.prompt, ...parameters, stream: call.stream }
      const body =
        options.inferenceType === 'infer'
          ? { inputs: tritonTensors(inputs), parameters: call.additionalParameters }
          : { ...inputs, ...call.additionalParameters }
      return jsonRequest(body, { warnings })
    },
    answer: tritonAnswer,
    reader: (call) => new TritonReader(call, options.streamText),
  }
}

const names = {
  maxNewTokens: 'max_tokens',
  temperature: 'temperature',
  topP: 'top_p',
  topK: 'top_k',
  stopSequences: 'stop_words',
  seed: 'random_seed',
  presencePenalty: 'presence_penalty',
  frequencyPenalty: 'frequency_penalty',
  logprobs: () => ({ return_log_probs: true }),
} as const satisfies ParameterNames

/** Tensor types of the inputs that TensorRT-LLM's ensemble has; what is not listed is text. */
const datatypes: Readonly<Record<string, string>> = {
  max_tokens: 'INT32',
  temperature: 'FP32',
  top_p: 'FP32',
  top_k: 'INT32',
  random_seed: 'UINT64',
  presence_penalty: 'FP32',
  frequency_penalty: 'FP32',
  return_log_probs: 'BOOL',
  stream: 'BOOL',
}

/** Inputs by name as KServe v2 tensors of one row each. Those that are `undefined` are left out. */
export function tritonTensors(inputs: Readonly<Record<string, unknown>>): readonly object[] {
  return Object.entries(inputs).flatMap(([name, value]) => {
    if (value === undefined) return []
    const data: readonly unknown[] = Array.isArray(value) ? value : [value]
    return [{ name, datatype: datatypes[name] ?? 'BYTES', shape: [1, data.length], data }]
  })
}
