import type {
  ChatChunk,
  ChatMessage,
  ChatResponse,
  CompletionChunk,
  CompletionResponse,
  GenerationOptions,
} from '@x/bedrock-like-types'

/**
 * A method that calls the model.
 *
 * @public
 */
export type CallOperation = 'complete' | 'streamComplete' | 'chat' | 'streamChat'

/** What is known about a call before it begins. */
export interface ObservedCall {
  readonly operation: CallOperation
  readonly endpointName: string
  readonly inferenceComponentName?: string | undefined
  readonly modelName?: string | undefined
  /** As it was handed in. */
  readonly input: string | readonly ChatMessage[]
  /** The option `systemPrompt`. */
  readonly systemPrompt?: string | undefined
  /** The options of the call over those of the model object. */
  readonly options: GenerationOptions
}

/** Opens the stream of an answer. */
export type ObservableSource<T> = (signal: AbortSignal) => AsyncIterable<T> | PromiseLike<AsyncIterable<T>>

/** Sees every call to the model. Changes nothing about it. */
export interface CallObserver {
  /** Runs a call whose answer comes whole. */
  call<T extends ChatResponse | CompletionResponse>(call: ObservedCall, run: () => Promise<T>): Promise<T>
  /** The same source, observed: for `ResponseStream.from`. Each time it is opened is a call of its own. */
  stream<T extends ChatChunk | CompletionChunk>(call: ObservedCall, source: ObservableSource<T>): ObservableSource<T>
}
