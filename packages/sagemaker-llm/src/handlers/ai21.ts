import { ai21Answer } from '../formats/ai21/ai21-answer.ts'
import type { ContentHandler } from '../contract/content-handler.ts'
import { DocumentReader } from '../contract/document-reader.ts'
import { jsonRequest } from '@x/sagemaker-endpoint/model-kit'
import { refuseAbilities } from '../contract/refuse-abilities.ts'
import { renameParameters } from '../contract/rename-parameters.ts'

const name = 'ai21'

/**
 * AI21's Jurassic-2 model packages. (Jamba packages speak OpenAI's format: use `openai()`.)
 *
 * Request: `{ prompt, maxTokens, numResults: 1, temperature, topP?, stopSequences? }`. No `top_k` (`topKReturn` is something else), no
 * seed and no streaming: a stream has one fragment of text.
 * Answer: `{ prompt: { tokens }, completions: [{ data: { text, tokens }, finishReason: { reason } }] }`, reasons `endoftext`, `length` and
 * `stop` (a stop string). Token counts are the lengths of the lists.
 *
 * Source: AI21Labs/ai21-python v1.0.0, SageMaker client.
 */
export function ai21(): ContentHandler {
  return {
    name,
    takes: 'prompt',
    request(call) {
      refuseAbilities(call, name)
      const names = {
        maxNewTokens: 'maxTokens',
        temperature: 'temperature',
        topP: 'topP',
        stopSequences: 'stopSequences',
        presencePenalty: (scale: number) => ({ presencePenalty: { scale } }),
        frequencyPenalty: (scale: number) => ({ frequencyPenalty: { scale } }),
      }
      const { parameters, warnings } = renameParameters(call, name, names)
      return jsonRequest(
        { prompt: call.prompt, numResults: 1, ...parameters, ...call.additionalParameters },
        { warnings },
      )
    },
    answer: ai21Answer,
    reader: () => new DocumentReader(ai21Answer),
  }
}
