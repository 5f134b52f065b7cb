import type { Answer } from '../../contract/answer.ts'
import type { AnswerReader } from '../../contract/content-handler.ts'
import { FirstValueReader } from '../../contract/first-value-reader.ts'
import type { ModelCall } from '../../contract/model-call.ts'
import { isOpenAIValue, openaiAnswer } from '../openai/openai-answer.ts'
import { OpenAIReader } from '../openai/openai-reader.ts'
import { generatedTextAnswer } from './generated-text-answer.ts'
import { TokenReader } from './token-reader.ts'

/** Reads a whole answer of TGI or LMI, which continue prompts in their own format and answer conversations in OpenAI's. */
export function promptOrChatAnswer(body: unknown, call: ModelCall): Answer {
  return isOpenAIValue(body) ? openaiAnswer(body) : generatedTextAnswer(body, call)
}

/** Reads a stream of TGI or LMI. */
export function promptOrChatReader(call: ModelCall): AnswerReader {
  return new FirstValueReader((value) => (isOpenAIValue(value) ? new OpenAIReader(call) : new TokenReader(call)))
}
