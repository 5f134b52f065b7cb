export { SagemakerLLM } from './sagemaker-llm.ts'
export type {
  JsonAnswer,
  JsonOption,
  LLMCallOptions,
  LLMPartOptions,
  ModelFormatOptions,
  ModelOptions,
  SagemakerLLMOptions,
} from './call/model-options.ts'
export type { ContentTelemetryOptions, EndpointOrOptions, ExistingEndpoint } from '@x/sagemaker-endpoint/model-kit'
export { languageModelCodec } from './call/language-model-codec.ts'
export { collect } from './views/collect.ts'
export type {
  CallWarning,
  ChatChunk,
  ChatMessage,
  ChatResponse,
  CodecRequest,
  CompletionChunk,
  CompletionResponse,
  ContentBlock,
  GenerationOptions,
  LanguageModelInput,
  LanguageModelMetadata,
  ModelCodec,
  ModelPart,
  ModelResponseMetadata,
  ModelUsage,
  NoToolChoice,
  ReasoningTags,
  ResponseFormat,
  StandardSchema,
  StopReason,
  Tool,
  ToolCall,
  ToolCallDelta,
  ToolChoice,
} from '@x/bedrock-like-types'

// Conversations as prompts.
export { chatTemplate, type ChatTemplateOptions } from './prompts/chat-template.ts'
export type {
  CompletionToPrompt,
  CompletionToPromptContext,
  MessagesToPrompt,
  MessagesToPromptContext,
} from './prompts/prompt-functions.ts'
export { textOf } from './prompts/prompt-functions.ts'
export type { PromptStyle } from './prompts/prompt-styles.ts'

// Seeing what calls do.
export type { LLMOperation } from './listeners/llm-call.ts'
export type {
  LLMEndEvent,
  LLMErrorEvent,
  LLMEvent,
  LLMStartEvent,
  LLMTimings,
  LLMTokenEvent,
  LLMCallbacks,
} from './listeners/llm-callbacks.ts'
export type { WireObserver } from './contract/wire-observer.ts'
export type {
  TelemetryAttributes,
  TelemetryAttributeValue,
  TelemetryHistogram,
  TelemetryMeter,
  TelemetrySpan,
  TelemetryTracer,
} from '@x/bedrock-like-types'

// Containers' formats.
export { ai21 } from './handlers/ai21.ts'
export { auto } from './handlers/auto.ts'
export { bedrockCompat } from './handlers/bedrock-compat.ts'
export { cohere, type CohereOptions } from './handlers/cohere.ts'
export { huggingface } from './handlers/huggingface.ts'
export { jumpstartLlama2, type JumpstartLlama2Options } from './handlers/jumpstart-llama2.ts'
export { jumpstartText2Text } from './handlers/jumpstart-text2text.ts'
export { lmi, type LmiOptions } from './handlers/lmi.ts'
export { type LanguageHandlerName, namedHandler } from './handlers/named-handler.ts'
export { openai, type OpenAIOptions } from './handlers/openai.ts'
export { plainText, type PlainTextOptions } from './handlers/plain-text.ts'
export { tgi } from './handlers/tgi.ts'
export { triton, type TritonOptions } from './handlers/triton.ts'

// For your own content handlers.
export type {
  Answer,
  AnswerDelta,
  ErrorDelta,
  ForeignDelta,
  OtherDelta,
  ReasoningDelta,
  StopDelta,
  TextDelta,
  ToolCallFragment,
  UsageDelta,
} from './contract/answer.ts'
export type { AnswerReader, ContentHandler } from './contract/content-handler.ts'
export { DocumentReader } from './contract/document-reader.ts'
export { jsonRequest, type JsonRequestOptions } from '@x/sagemaker-endpoint/model-kit'
export type { MessagesCall, ModelCall, ModelCallBase, ModelMessage, PromptCall } from './contract/model-call.ts'
export type { OpenAIMessageOptions } from './formats/openai/openai-messages.ts'
export type { ToolCallText } from './formats/openai/tool-call-text.ts'
export type { TritonStreamText } from './formats/triton/triton-answer.ts'

// What every call throws.
export { SagemakerError, type SagemakerErrorCode } from '@x/sagemaker-endpoint'
export type { AnswerDecoder } from './views/model-parts.ts'
