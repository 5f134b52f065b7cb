import { jsonRequest } from '@x/sagemaker-endpoint/model-kit'
import { documentTexts } from '../contract/document-text.ts'
import type { RerankContentHandler } from '../contract/rerank-content-handler.ts'
import { type RerankFormatOptions, rerankHandler } from './rerank-format.ts'

/**
 * A cross-encoder in the Hugging Face Inference Toolkit, with the task `text-classification`: `{ inputs: [{ text, text_pair }] }`,
 * answered with `[{ label, score }]` in the order of the documents. `additionalParameters` become members of `parameters`, such as
 * `{ truncation: true }` for documents that are too long to be cut, or `{ function_to_apply: 'none' }` for logits.
 *
 * Source: sagemaker-huggingface-inference-toolkit, and the SageMaker connector of OpenSearch.
 *
 * @public
 */
export function huggingfaceRerank(options: RerankFormatOptions = {}): RerankContentHandler {
  return rerankHandler(
    {
      name: 'huggingface',
      scoreKind: 'probability',
      logitsWith: ['function_to_apply', 'none'],
      request: ({ query, documents, additionalParameters }) => {
        const { texts, warnings } = documentTexts(documents, 'huggingface')
        const inputs = texts.map((text) => ({ text: query, text_pair: text }))
        return jsonRequest({ inputs, parameters: additionalParameters }, { warnings })
      },
    },
    options,
  )
}
