import type { JsonObject } from './json.ts'

/**
 * A warning about a call, in both specifications.
 *
 * @public
 */
export type Warning =
  | { type: 'unsupported' | 'compatibility'; feature: string; details?: string }
  | { type: 'other'; message: string }

/**
 * Facts that only this provider knows, under `sagemaker`.
 *
 * @public
 */
export type ProviderMetadata = Record<string, JsonObject>

/**
 * Tokens used, in both specifications. `undefined`: not reported.
 *
 * @public
 */
export type Usage = {
  /** Tokens of the prompt. `total` includes those from a cache. */
  inputTokens: {
    total: number | undefined
    noCache: number | undefined
    cacheRead: number | undefined
    cacheWrite: number | undefined
  }
  /** Tokens that were generated. `total` includes those of the reasoning. */
  outputTokens: { total: number | undefined; text: number | undefined; reasoning: number | undefined }
  /** The usage as the container wrote it. */
  raw?: JsonObject
}

/**
 * Why the model stopped, in both specifications.
 *
 * @public
 */
export type FinishReason = {
  /** In the word of the AI SDK. */
  unified: 'stop' | 'length' | 'content-filter' | 'tool-calls' | 'error' | 'other'
  /** In the word of the container. */
  raw: string | undefined
}

/**
 * A complete tool call, in both specifications. `input` is JSON text.
 *
 * @public
 */
export type ToolCallContent = { type: 'tool-call'; toolCallId: string; toolName: string; input: string }

/**
 * A block of a whole answer, in both specifications.
 *
 * @public
 */
export type Content = { type: 'text'; text: string } | { type: 'reasoning'; text: string } | ToolCallContent

/**
 * How the container names its answer, in both specifications.
 *
 * @public
 */
export type AnswerNames = { id?: string; timestamp?: Date; modelId?: string }

/**
 * The parts of a stream, in both specifications.
 *
 * @public
 */
export type StreamPart =
  | { type: 'stream-start'; warnings: Warning[] }
  | ({ type: 'response-metadata' } & AnswerNames)
  | { type: 'text-start' | 'text-end' | 'reasoning-start' | 'reasoning-end'; id: string }
  | { type: 'text-delta' | 'reasoning-delta'; id: string; delta: string }
  | { type: 'tool-input-start'; id: string; toolName: string }
  | { type: 'tool-input-delta'; id: string; delta: string }
  | { type: 'tool-input-end'; id: string }
  | ToolCallContent
  | { type: 'raw'; rawValue: unknown }
  | { type: 'error'; error: unknown }
  | { type: 'finish'; usage: Usage; finishReason: FinishReason; providerMetadata?: ProviderMetadata }

/**
 * The request as it was sent, with its body parsed.
 *
 * @public
 */
export type SentRequest = { readonly body?: unknown }

/**
 * What `doStream` gives, in both specifications.
 *
 * @public
 */
export type StreamResult = {
  /** The parts of the answer. */
  stream: ReadableStream<StreamPart>
  /** What was sent to the endpoint. */
  request: SentRequest
  /** The headers of the response. */
  response: { headers: Record<string, string> }
}

/**
 * What `doGenerate` gives, in both specifications.
 *
 * @public
 */
export type GenerateResult = {
  /** The blocks of the answer. */
  content: Content[]
  /** Why the model stopped. */
  finishReason: FinishReason
  /** Tokens used. */
  usage: Usage
  /** Facts about the exchange. */
  providerMetadata: ProviderMetadata
  /** What of the call could not be passed on. */
  warnings: Warning[]
  /** What was sent to the endpoint. */
  request: SentRequest
  /** The response; `body` is the container's own answer, parsed. */
  response: AnswerNames & { headers: Record<string, string>; body: unknown }
}

/**
 * What `doEmbed` gives, in both specifications.
 *
 * @public
 */
export type EmbeddingResult = {
  /** The vectors, in the order of the texts. */
  embeddings: number[][]
  /** Tokens of the texts, if the container reported them. */
  usage?: { tokens: number }
  /** What of the call could not be passed on. */
  warnings: Warning[]
  /** Facts about the exchange. */
  providerMetadata: ProviderMetadata
  /** The headers of the response. */
  response: { headers: Record<string, string> }
}

/**
 * What `doRerank` gives, in both specifications.
 *
 * @public
 */
export type RerankingResult = {
  /** The documents, best first. */
  ranking: { index: number; relevanceScore: number }[]
  /** What of the call could not be passed on. */
  warnings: Warning[]
  /** Facts about the exchange. */
  providerMetadata: ProviderMetadata
  /** The response; `body` is the container's own answer, parsed. */
  response: { id?: string; headers: Record<string, string>; body: unknown }
}
