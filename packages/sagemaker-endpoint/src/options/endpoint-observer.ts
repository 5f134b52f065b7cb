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
 * Observes every call, for logs, metrics and traces. Only `onRequestBody` and `onResponseBytes` receive prompts and answers; no
 * event contains credentials.
 *
 * Methods can be asynchronous; they are not awaited. A method that throws or rejects never affects a call: its first failure emits
 * a process warning named `SagemakerHookWarning`. Events that no observer has a method for cost nothing.
 */
export interface EndpointObserver {
  /** Called before each attempt. */
  onRequest?(event: EndpointEvent & { readonly attempt: number; readonly bodyBytes: number }): unknown
  /** Called once per call, before the first attempt, with what is sent to the container. Contains the prompt. */
  onRequestBody?(
    event: EndpointEvent & {
      readonly body: Uint8Array
      readonly contentType: string
      readonly accept: string | undefined
    },
  ): unknown
  /** Called when the headers of a 2xx response have arrived. */
  onResponse?(
    event: EndpointEvent & {
      readonly attempt: number
      readonly statusCode: number
      readonly requestId: string | undefined
      readonly contentType: string | undefined
      readonly invokedProductionVariant: string | undefined
    },
  ): unknown
  /** Called when the first byte of the body has arrived. */
  onFirstByte?(event: EndpointEvent & { readonly metadata: InvokeMetadata }): unknown
  /**
   * Called when bytes of the response have arrived: with each `PayloadPart` of a stream, else with each chunk of the body. Contains
   * the answer. The bytes must not be changed.
   */
  onResponseBytes?(event: EndpointEvent & { readonly bytes: Uint8Array }): unknown
  /** Called when an attempt has failed and another will be made. */
  onRetry?(
    event: EndpointEvent & { readonly attempt: number; readonly error: SagemakerError; readonly delayMs: number },
  ): unknown
  /** Called when the response is complete, or its stream was left early (`isPartial`). */
  onEnd?(event: EndpointEvent & { readonly bytesReceived: number; readonly isPartial: boolean }): unknown
  /** Called when the call has failed. */
  onError?(event: EndpointEvent & { readonly error: SagemakerError; readonly bytesReceived: number }): unknown
}
