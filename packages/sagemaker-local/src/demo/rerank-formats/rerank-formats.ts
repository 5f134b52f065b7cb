import type { LocalAnswer } from '../../answers/local-answer.ts'
import type { ReceivedRequest } from '../../answers/received-request.ts'
import { answerCohereRerank } from './cohere.ts'
import { answerDjlRerank } from './djl.ts'
import { answerHuggingFaceRerank } from './huggingface.ts'
import { answerJinaRerank } from './jina.ts'
import type { RerankSettings } from './rerank-settings.ts'
import { answerTeiRerank } from './tei.ts'
import { answerVllmRerank } from './vllm.ts'

/** Containers whose format a demo reranker can use. */
export type RerankFormat = 'tei' | 'vllm' | 'cohere' | 'jina' | 'huggingface' | 'djl'

/** A format, with the body of a first call. */
export interface RerankFormatEntry {
  readonly server: string
  readonly answer: (request: ReceivedRequest, settings: RerankSettings) => LocalAnswer
  readonly example: unknown
}

const query = 'boats in bad weather'
const texts = ['Bread is made from flour and water.', 'In bad weather the boats stay in the harbour.']

export const rerankFormats: Readonly<Record<RerankFormat, RerankFormatEntry>> = {
  tei: { server: 'Text Embeddings Inference', answer: answerTeiRerank, example: { query, texts } },
  vllm: { server: 'vLLM', answer: answerVllmRerank, example: { query, documents: texts } },
  cohere: { server: 'Cohere Rerank', answer: answerCohereRerank, example: { query, documents: texts } },
  jina: {
    server: 'Jina Reranker',
    answer: answerJinaRerank,
    example: { data: { query, documents: texts.map((text) => ({ text })) } },
  },
  huggingface: {
    server: 'the Hugging Face Inference Toolkit',
    answer: answerHuggingFaceRerank,
    example: { inputs: texts.map((text) => ({ text: query, text_pair: text })) },
  },
  djl: { server: 'DJL Serving', answer: answerDjlRerank, example: { query, texts } },
}
