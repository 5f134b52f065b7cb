import type { ResponseMetadata } from './response-metadata.ts'
import type { SagemakerError } from '../errors/sagemaker-error.ts'

/** What every event of a call carries. */
export interface CallEvent {
  /** The same in all events of one call, and in no other. */
  readonly callId: string
  /** Name of the endpoint that is called. */
  readonly endpointName: string
  /** The method that was called; a session's calls are `invoke`. */
  readonly operation: 'invoke' | 'invokeStream' | 'invokeAsync'
  /** Milliseconds since the call began. */
  readonly elapsedMs: number
}

/**
 * Sees the steps of every call, for logs, metrics and traces. Events hold no text of prompts or answers and no
 * credentials. What a method throws is ignored. Nothing is computed for observers where there are none.
 */
export interface EndpointObserver {
  /** An attempt is about to be sent. */
  onRequest?(event: CallEvent & { readonly attempt: number; readonly bodyBytes: number }): void
  /** The response headers of an attempt have arrived, with a 2xx status. */
  onResponse?(
    event: CallEvent & {
      readonly attempt: number
      readonly statusCode: number
      readonly requestId: string | undefined
    },
  ): void
  /** The first byte of the answer has arrived. */
  onFirstByte?(event: CallEvent & { readonly metadata: ResponseMetadata }): void
  /** An attempt has failed and another will be made. */
  onRetry?(
    event: CallEvent & { readonly attempt: number; readonly error: SagemakerError; readonly delayMs: number },
  ): void
  /** The answer is complete, or its stream was left early (`isPartial`). */
  onEnd?(event: CallEvent & { readonly bytesReceived: number; readonly isPartial: boolean }): void
  /** The call has failed. */
  onError?(event: CallEvent & { readonly error: SagemakerError; readonly bytesReceived: number }): void
}
