import type { LocalAnswer } from '../../answers/local-answer.ts'
import type { ReceivedRequest } from '../../answers/received-request.ts'
import { answerCohereEmbedding } from './cohere.ts'
import { answerHuggingFaceEmbedding } from './huggingface.ts'
import { answerJumpStartEmbedding } from './jumpstart.ts'
import { answerColbert, answerJinaEmbedding } from './jina.ts'
import { answerKserveEmbedding } from './kserve.ts'
import { answerLmiSparse, answerTeiSparse } from './sparse.ts'
import { answerLmiEmbedding } from './lmi.ts'
import { answerOpenAIEmbedding } from './openai.ts'
import type { EmbeddingSettings } from './settings.ts'
import { answerTei } from './tei.ts'
import { answerTitan } from './titan.ts'

/** Containers whose format a demo embedding model can use. */
export type EmbeddingFormat =
  | 'tei'
  | 'tei-sparse'
  | 'openai'
  | 'huggingface'
  | 'jumpstart'
  | 'lmi'
  | 'lmi-sparse'
  | 'cohere'
  | 'titan'
  | 'jina'
  | 'jina-colbert'
  | 'kserve'

/** A format, with the body of a first call. */
export interface EmbeddingFormatEntry {
  readonly server: string
  readonly answer: (request: ReceivedRequest, settings: EmbeddingSettings) => LocalAnswer
  readonly example: unknown
}

const texts = ['The sea is calm this morning.', 'Bread is made from flour and water.']

export const embeddingFormats: Readonly<Record<EmbeddingFormat, EmbeddingFormatEntry>> = {
  tei: { server: 'Text Embeddings Inference', answer: answerTei, example: { inputs: texts } },
  'tei-sparse': {
    server: 'Text Embeddings Inference with SPLADE',
    answer: answerTeiSparse,
    example: { inputs: texts },
  },
  openai: { server: 'vLLM', answer: answerOpenAIEmbedding, example: { input: texts } },
  huggingface: {
    server: 'the Hugging Face Inference Toolkit',
    answer: answerHuggingFaceEmbedding,
    example: { inputs: texts },
  },
  jumpstart: { server: 'JumpStart', answer: answerJumpStartEmbedding, example: { text_inputs: texts } },
  lmi: { server: 'LMI', answer: answerLmiEmbedding, example: { inputs: texts } },
  'lmi-sparse': { server: 'BGE-M3 on LMI', answer: answerLmiSparse, example: { inputs: texts } },
  cohere: { server: 'Cohere', answer: answerCohereEmbedding, example: { texts, input_type: 'search_document' } },
  titan: { server: 'Titan', answer: answerTitan, example: { inputText: texts[0] } },
  jina: { server: 'Jina Embeddings', answer: answerJinaEmbedding, example: { data: texts.map((text) => ({ text })) } },
  'jina-colbert': {
    server: 'Jina ColBERT',
    answer: answerColbert,
    example: { data: texts.map((text) => ({ text })), parameters: { input_type: 'document' } },
  },
  kserve: {
    server: 'Triton',
    answer: answerKserveEmbedding,
    example: { inputs: [{ name: 'text', datatype: 'BYTES', shape: [texts.length], data: texts }] },
  },
}
