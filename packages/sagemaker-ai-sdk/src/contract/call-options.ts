/** The versions of the AI SDK's specification. */
export type SpecificationVersion = 'v3' | 'v4'

/** The data of a file in specification V4. */
export type TaggedFileData =
  | { readonly type: 'data'; readonly data: Uint8Array | string }
  | { readonly type: 'url'; readonly url: URL }
  | { readonly type: 'reference'; readonly reference: unknown }
  | { readonly type: 'text'; readonly text: string }

/** The data of a file: tagged in V4; in V3 bytes, base64 or a URL. */
export type FileData = TaggedFileData | Uint8Array | string | URL

/** A text. */
export interface TextPart {
  readonly type: 'text'
  readonly text: string
}

/** A file. The media type can be `image/*` or `image`. */
export interface FilePart {
  readonly type: 'file'
  readonly mediaType: string
  readonly data: FileData
}

/** What the model reasoned in an earlier turn. */
export interface ReasoningPart {
  readonly type: 'reasoning'
  readonly text: string
}

/** Parts that belong to other providers. */
export interface ForeignPart {
  readonly type: 'custom' | 'reasoning-file' | 'tool-approval-response'
}

/** A tool call of an earlier turn. */
export interface ToolCallPart {
  readonly type: 'tool-call'
  readonly toolCallId: string
  readonly toolName: string
  /** The arguments, parsed. */
  readonly input: unknown
}

/** An item of a tool result of type `content`. */
export type ToolContent =
  | TextPart
  | FilePart
  | { readonly type: 'file-data' | 'image-data'; readonly data: string; readonly mediaType: string }
  | { readonly type: 'file-url' | 'image-url'; readonly url: string; readonly mediaType?: string }
  | { readonly type: 'file-id' | 'image-file-id' | 'custom' }

/** What a tool gave. */
export type ToolOutput =
  | { readonly type: 'text' | 'error-text'; readonly value: string }
  | { readonly type: 'json' | 'error-json'; readonly value: unknown }
  | { readonly type: 'execution-denied'; readonly reason?: string }
  | { readonly type: 'content'; readonly value: readonly ToolContent[] }

/** The result of a tool call. */
export interface ToolResultPart {
  readonly type: 'tool-result'
  readonly toolCallId: string
  readonly output: ToolOutput
}

/** A part of a message of the assistant. */
export type AssistantPart = TextPart | FilePart | ReasoningPart | ToolCallPart | ToolResultPart | ForeignPart

/** A message of the prompt. */
export type PromptMessage =
  | { readonly role: 'system'; readonly content: string }
  | { readonly role: 'user'; readonly content: readonly (TextPart | FilePart)[] }
  | { readonly role: 'assistant'; readonly content: readonly AssistantPart[] }
  | { readonly role: 'tool'; readonly content: readonly (ToolResultPart | ForeignPart)[] }

/** A tool that the application runs. */
export interface FunctionTool {
  readonly type: 'function'
  readonly name: string
  readonly description?: string | undefined
  readonly inputSchema: object
  readonly inputExamples?: readonly unknown[] | undefined
  readonly strict?: boolean | undefined
}

/** A tool that a provider runs. */
export interface ProviderTool {
  readonly type: 'provider'
  readonly id: string
  readonly name: string
}

/** Whether the model has to call a tool. */
export type ToolChoice =
  | { readonly type: 'auto' | 'none' | 'required' }
  | { readonly type: 'tool'; readonly toolName: string }

/** The form of the answer. */
export type ResponseFormat =
  | { readonly type: 'text' }
  | {
      readonly type: 'json'
      readonly schema?: object | undefined
      readonly name?: string | undefined
      readonly description?: string | undefined
    }

/** Options that every kind of call has. */
export interface CommonCallOptions {
  readonly abortSignal?: AbortSignal | undefined
  readonly headers?: Readonly<Record<string, string | undefined>> | undefined
  readonly providerOptions?: Readonly<Record<string, object>> | undefined
}

/**
 * The options of `doGenerate` and `doStream` of both specifications: what V3 and V4 pass can be read as this. Members that one of
 * them does not have are optional.
 */
export interface LanguageModelCallOptions extends CommonCallOptions {
  readonly prompt: readonly PromptMessage[]
  readonly maxOutputTokens?: number | undefined
  readonly temperature?: number | undefined
  readonly stopSequences?: readonly string[] | undefined
  readonly topP?: number | undefined
  readonly topK?: number | undefined
  readonly presencePenalty?: number | undefined
  readonly frequencyPenalty?: number | undefined
  readonly seed?: number | undefined
  readonly responseFormat?: ResponseFormat | undefined
  readonly tools?: readonly (FunctionTool | ProviderTool)[] | undefined
  readonly toolChoice?: ToolChoice | undefined
  readonly includeRawChunks?: boolean | undefined
  /** V4. */
  readonly reasoning?: string | undefined
}
