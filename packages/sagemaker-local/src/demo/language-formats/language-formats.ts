import type { LocalAnswer } from '../../answers/local-answer.ts'
import type { ReceivedRequest } from '../../answers/received-request.ts'
import { answerAi21 } from './ai21.ts'
import { answerBedrockCompat } from './bedrock-compat.ts'
import { answerCohere } from './cohere/answer-cohere.ts'
import type { DemoSettings } from './generation.ts'
import { answerHuggingFace } from './huggingface.ts'
import { answerJumpStartLlama2 } from './jumpstart-llama2.ts'
import { answerJumpStartText2Text } from './jumpstart-text2text.ts'
import { answerLmi } from './lmi/answer-lmi.ts'
import { answerLmiAsync } from './lmi/answer-lmi-async.ts'
import { answerOpenAI } from './openai/answer-openai.ts'
import { answerTgi } from './tgi/answer-tgi.ts'
import { answerTriton } from './triton.ts'

/** Containers whose format a demo language model can use. */
export type LanguageFormat =
  | 'tgi'
  | 'openai'
  | 'lmi'
  | 'lmi-async'
  | 'huggingface'
  | 'jumpstart-llama2'
  | 'jumpstart-text2text'
  | 'cohere'
  | 'ai21'
  | 'triton'
  | 'bedrock-compat'

/** A format, with the body of a first call. */
export interface FormatEntry {
  readonly server: string
  readonly answer: (request: ReceivedRequest, settings: DemoSettings) => LocalAnswer
  readonly example: object
}

const prompt = 'The capital of France is'
const messages = [{ role: 'user', content: 'Why is the sky blue?' }]

export const languageFormats: Readonly<Record<LanguageFormat, FormatEntry>> = {
  tgi: {
    server: 'Text Generation Inference',
    answer: answerTgi,
    example: { inputs: prompt, parameters: { max_new_tokens: 40, details: true } },
  },
  openai: { server: 'vLLM', answer: answerOpenAI, example: { messages, max_tokens: 60 } },
  lmi: {
    server: 'LMI with rolling batch',
    answer: answerLmi,
    example: { inputs: prompt, parameters: { details: true } },
  },
  'lmi-async': { server: 'LMI in async mode', answer: answerLmiAsync, example: { messages, max_tokens: 60 } },
  huggingface: {
    server: 'the Hugging Face Inference Toolkit',
    answer: answerHuggingFace,
    example: { inputs: prompt, parameters: { return_full_text: false } },
  },
  'jumpstart-llama2': {
    server: 'Llama 2 of JumpStart',
    answer: answerJumpStartLlama2,
    example: { inputs: [messages], parameters: { max_new_tokens: 60 } },
  },
  'jumpstart-text2text': {
    server: 'text2text models of JumpStart',
    answer: answerJumpStartText2Text,
    example: { text_inputs: prompt, max_length: 30 },
  },
  cohere: { server: 'Cohere', answer: answerCohere, example: { message: 'Why is the sky blue?', max_tokens: 60 } },
  ai21: { server: 'AI21 Jurassic-2', answer: answerAi21, example: { prompt, maxTokens: 30 } },
  triton: { server: 'Triton with TensorRT-LLM', answer: answerTriton, example: { text_input: prompt, max_tokens: 30 } },
  'bedrock-compat': {
    server: 'LMI, compatible with Bedrock',
    answer: answerBedrockCompat,
    example: { prompt, max_gen_len: 30 },
  },
}
