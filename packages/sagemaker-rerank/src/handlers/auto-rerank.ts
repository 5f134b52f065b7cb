import { jsonRequest } from '@x/sagemaker-endpoint/model-kit'
import { documentTexts } from '../contract/document-text.ts'
import type { RerankContentHandler } from '../contract/rerank-content-handler.ts'
import { findScores, type ScoreFormat } from '../formats/found-scores.ts'
import { djlRerank } from './djl-rerank.ts'
import { huggingfaceRerank } from './huggingface-rerank.ts'
import { jinaRerank } from './jina-rerank.ts'
import { nimRerank } from './nim-rerank.ts'
import type { RerankFormatOptions } from './rerank-format.ts'
import { teiBatchSize, teiRerank } from './tei-rerank.ts'
import { textPairsRerank } from './text-pairs-rerank.ts'
import { vllmRerank } from './vllm-rerank.ts'

/** The format of the requests that a container understands, by the format of its answer. */
const formats: Readonly<Record<ScoreFormat, (options: RerankFormatOptions) => RerankContentHandler>> = {
  tei: teiRerank,
  // Cohere's requests have the same members.
  results: vllmRerank,
  'vllm-score': vllmRerank,
  jina: jinaRerank,
  nim: nimRerank,
  djl: djlRerank,
  huggingface: huggingfaceRerank,
  textPairs: textPairsRerank,
}

/**
 * Finds out the format of the container from its first answer, and remembers it.
 *
 * The first request has the members of several containers, `{ query, texts, documents }`: TEI, DJL, vLLM and Cohere each read theirs and
 * ignore the others. A container that refuses it gets `{ inputs: [{ text, text_pair }] }` of the Hugging Face Inference Toolkit, so that
 * a guess costs at most one refused request. Jina and NIM refuse both: name their handlers. One object serves one endpoint.
 *
 * @public
 */
export function autoRerank(options: RerankFormatOptions = {}): RerankContentHandler {
  const huggingface = huggingfaceRerank(options)
  let found: RerankContentHandler | undefined
  return {
    name: 'auto',
    limits: { maxDocuments: teiBatchSize },
    splittable: options.listwise !== true,
    get isUndecided() {
      return found === undefined
    },
    request: (call) => {
      if (found !== undefined) return found.request(call)
      const { texts, warnings } = documentTexts(call.documents, 'auto')
      const { query, modelName: model, additionalParameters } = call
      return jsonRequest({ model, query, texts, documents: texts, ...additionalParameters }, { warnings })
    },
    answer: (body, call) => {
      found ??= formats[findScores(body).format](options)
      return found.answer(body, call)
    },
    alternative: ({ code }, call) =>
      found === undefined && code === 'invalid-request' ? huggingface.request(call) : undefined,
  }
}
