/**
 * Reads and writes OpenAI's requests, answers and streams, both directions.
 *
 * @internal Not part of the public API and not covered by semantic versioning: for the packages of this repository, which depend
 * on this package by its exact version.
 *
 * @packageDocumentation
 */
export { openaiAnswer } from './formats/openai/openai-answer.ts'
export { invalidParameter, OpenAIFields } from './formats/openai/openai-fields.ts'
export {
  type OpenAIChatInput,
  type OpenAICompletionInput,
  type OpenAIInputBase,
  readOpenAIChat,
  readOpenAICompletion,
} from './formats/openai/openai-input.ts'
export { readImageUrl } from './formats/openai/openai-message-input.ts'
export { openaiMessages } from './formats/openai/openai-messages.ts'
export { OpenAIChatChunks, type OpenAIChunkOptions, OpenAICompletionChunks } from './formats/openai/openai-chunks.ts'
export {
  openaiFinishReason,
  type OpenAIIdentity,
  openaiUsageOf,
  writeOpenAIChat,
  writeOpenAICompletion,
} from './formats/openai/openai-output.ts'
export { OpenAIReader } from './formats/openai/openai-reader.ts'
export { openaiBody } from './formats/openai/openai-request.ts'
export { openaiTools } from './formats/openai/openai-tools.ts'
