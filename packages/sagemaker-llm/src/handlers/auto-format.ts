import type { Answer } from '../contract/answer.ts'
import { arrayIn, isJsonObject } from '@x/sagemaker-endpoint/model-kit'
import { cohereAnswer, CohereReader } from '../formats/cohere/cohere-answer.ts'
import { cohereV2Answer, CohereV2Reader, isCohereV2Value } from '../formats/cohere/cohere-v2-answer.ts'
import {
  firstItem,
  generatedText,
  generatedTextAnswer,
  generatedTextWithoutEcho,
  hasDetails,
} from '../formats/generated-text/generated-text-answer.ts'
import { TokenReader } from '../formats/generated-text/token-reader.ts'
import type { AnswerReader } from '../contract/content-handler.ts'
import { DocumentReader } from '../contract/document-reader.ts'
import type { ModelCall } from '../contract/model-call.ts'
import { plainTextAnswer, PlainTextReader } from '../formats/plain-text/plain-text-answer.ts'
import { isOpenAIValue, openaiAnswer } from '../formats/openai/openai-answer.ts'
import { OpenAIReader } from '../formats/openai/openai-reader.ts'
import { ai21Answer } from '../formats/ai21/ai21-answer.ts'
import { bedrockCompatAnswer, BedrockCompatReader } from '../formats/bedrock-compat/bedrock-compat-answer.ts'
import { ollamaAnswer, OllamaReader } from '../formats/ollama/ollama-answer.ts'
import { tritonAnswer, TritonReader, tritonText } from '../formats/triton/triton-answer.ts'

/** A format of answers, and how to know it by a value. */
export interface AnswerFormat {
  readonly matches: (value: unknown) => boolean
  readonly answer: (body: unknown, call: ModelCall) => Answer
  readonly reader: (call: ModelCall) => AnswerReader
}

/** Text, and JSON that is nothing but text. */
const plainText: AnswerFormat = {
  matches: (value) => typeof value === 'string',
  answer: plainTextAnswer,
  reader: (call) => new PlainTextReader(call),
}

/** All formats of answers; the first that matches counts. */
const formats: readonly AnswerFormat[] = [
  { matches: isOpenAIValue, answer: openaiAnswer, reader: (call) => new OpenAIReader(call) },
  { matches: isTokenValue, answer: generatedTextAnswer, reader: (call) => new TokenReader(call) },
  {
    matches: (value) => has(value, 'completions'),
    answer: ai21Answer,
    reader: () => new DocumentReader(ai21Answer),
  },
  {
    matches: (value) =>
      ['is_finished', 'event_type', 'generations', 'generation_id'].some((member) => has(value, member)),
    answer: cohereAnswer,
    reader: () => new CohereReader(),
  },
  { matches: isCohereV2Value, answer: cohereV2Answer, reader: () => new CohereV2Reader() },
  {
    matches: (value) => tritonText(value) !== undefined,
    answer: tritonAnswer,
    reader: (call) => new TritonReader(call),
  },
  { matches: isBedrockCompatValue, answer: bedrockCompatAnswer, reader: () => new BedrockCompatReader() },
  {
    matches: (value) => isJsonObject(value) && isJsonObject(value['message']) && typeof value['done'] === 'boolean',
    answer: ollamaAnswer,
    reader: () => new OllamaReader(),
  },
  {
    matches: (value) => generatedText(value) !== undefined || hasDetails(firstItem(value)),
    answer: scriptAnswer,
    reader: (call) => new DocumentReader((body) => scriptAnswer(body, call)),
  },
  plainText,
]

/** The format of a value, if it is one of those that are known. */
export function answerFormat(value: unknown): AnswerFormat | undefined {
  return formats.find((format) => format.matches(value))
}

function isTokenValue(value: unknown): boolean {
  return (
    isJsonObject(value) &&
    (isJsonObject(value['token']) || arrayIn(value, 'outputs').some((output) => typeof output === 'string'))
  )
}

/** A JumpStart script sends `generation`, too, but alone and within an array. */
function isBedrockCompatValue(value: unknown): boolean {
  const body = isJsonObject(value) && isJsonObject(value['body']) ? value['body'] : value
  return has(body, 'generation') && (has(body, 'stop_reason') || has(body, 'prompt_token_count'))
}

/**
 * Only scripts and pipelines send the prompt back although they were asked not to. TGI and LMI do not, and show by their details
 * who they are: there, a text that begins like the prompt was generated.
 */
function scriptAnswer(body: unknown, call: ModelCall): Answer {
  const mayBeEcho = !hasDetails(firstItem(body)) && call.additionalParameters?.['return_full_text'] !== true
  return mayBeEcho ? generatedTextWithoutEcho(body, call) : generatedTextAnswer(body, call)
}

function has(value: unknown, member: string): boolean {
  return isJsonObject(value) && value[member] !== undefined
}
