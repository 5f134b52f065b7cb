import type { LocalAnswer } from '../../answers/local-answer.ts'
import type { ReceivedRequest } from '../../answers/received-request.ts'
import type { ClassificationSettings } from './classifier.ts'
import { answerHuggingFaceClassification } from './huggingface.ts'
import { answerJumpStartClassification } from './jumpstart.ts'
import { answerTeiClassification } from './tei.ts'
import { answerVllmClassification } from './vllm.ts'

/** Containers whose format a demo classifier can use. */
export type ClassificationFormat = 'tei' | 'vllm' | 'huggingface' | 'jumpstart'

/** A format, with the body of a first call. */
export interface ClassificationFormatEntry {
  readonly server: string
  readonly answer: (request: ReceivedRequest, settings: ClassificationSettings) => LocalAnswer
  /** Undefined if the container does not accept JSON. */
  readonly example: object | undefined
}

const texts = ['What a wonderful day!', 'The food was terrible.']

export const classificationFormats: Readonly<Record<ClassificationFormat, ClassificationFormatEntry>> = {
  tei: {
    server: 'Text Embeddings Inference',
    answer: answerTeiClassification,
    example: { inputs: texts.map((text) => [text]) },
  },
  vllm: { server: 'vLLM', answer: answerVllmClassification, example: { input: texts } },
  huggingface: {
    server: 'the Hugging Face Inference Toolkit',
    answer: answerHuggingFaceClassification,
    example: { inputs: texts },
  },
  jumpstart: { server: 'JumpStart', answer: answerJumpStartClassification, example: undefined },
}
