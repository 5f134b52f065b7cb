import type {
  ChatChunk,
  ChatMessage,
  ChatResponse,
  CompletionChunk,
  CompletionResponse,
  GenerationOptions,
} from '@x/bedrock-like-types'

export type CallOperation = 'complete' | 'streamComplete' | 'chat' | 'streamChat'

export interface ObservedCall {
  readonly operation: CallOperation
  readonly endpointName: string
  readonly inferenceComponentName?: string | undefined
  readonly modelName?: string | undefined
  readonly input: string | readonly ChatMessage[]
  readonly options: GenerationOptions
}

export interface CallObserver {
  call<T extends ChatResponse | CompletionResponse>(call: ObservedCall, run: () => Promise<T>): Promise<T>
  stream<T extends ChatChunk | CompletionChunk>(
    call: ObservedCall,
    source: (signal: AbortSignal) => AsyncIterable<T>,
  ): (signal: AbortSignal) => AsyncIterable<T>
}
