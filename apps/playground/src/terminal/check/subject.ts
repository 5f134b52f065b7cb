import type { SagemakerEndpoint } from '@x/sagemaker-endpoint'
import type { KnownSuggestion } from '../doctor/discover.ts'
import type { Connection } from '../open-endpoint.ts'
import type { SentRequests } from './sent-requests.ts'

/** What is checked. */
export interface Subject {
  readonly endpoint: SagemakerEndpoint
  readonly connection: Connection
  /** Base URL of the container; `undefined` for an endpoint. */
  readonly containerUrl: URL | undefined
  /** Sent as `model`. */
  readonly modelName: string | undefined
  readonly sent: SentRequests
  /** Longest time that a call may take, in milliseconds. */
  readonly timeoutMs: number
  readonly signal: AbortSignal
}

/** A subject whose format is known. */
export interface KnownSubject extends Subject {
  readonly suggestion: KnownSuggestion
  /** Whether containers of this format stream. */
  readonly canStream: boolean
}
