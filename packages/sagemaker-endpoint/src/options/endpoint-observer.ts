import type { SagemakerError } from '../errors/sagemaker-error.ts'
import type { InvokeMetadata } from './invoke-result.ts'

/** What every event of a call carries. */
export interface EndpointEvent {
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
  onRequest?(event: EndpointEvent & { readonly attempt: number; readonly bodyBytes: number }): void
  /** The response headers of an attempt have arrived, with a 2xx status. */
  onResponse?(
    event: EndpointEvent & {
      readonly attempt: number
      readonly statusCode: number
      readonly requestId: string | undefined
    },
  ): void
  /** The first byte of the answer has arrived. */
  onFirstByte?(event: EndpointEvent & { readonly metadata: InvokeMetadata }): void
  /** An attempt has failed and another will be made. */
  onRetry?(
    event: EndpointEvent & { readonly attempt: number; readonly error: SagemakerError; readonly delayMs: number },
  ): void
  /** The answer is complete, or its stream was left early (`isPartial`). */
  onEnd?(event: EndpointEvent & { readonly bytesReceived: number; readonly isPartial: boolean }): void
  /** The call has failed. */
  onError?(event: EndpointEvent & { readonly error: SagemakerError; readonly bytesReceived: number }): void
}
