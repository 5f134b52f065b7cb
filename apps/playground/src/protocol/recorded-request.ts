import * as v from 'valibot'
import { runRequestSchema, type EndpointReference } from './run-request.ts'
import { scoringRequestSchema } from './scoring-request.ts'

/** What the page asks the server to do in one call. */
export const pageRequestSchema = v.variant('mode', [runRequestSchema, scoringRequestSchema])

type PageRequest = v.InferOutput<typeof pageRequestSchema>

/** A call that the page did not make itself: what was sent is in its events. */
interface ObservedRequest {
  readonly mode: 'observed'
  readonly endpoint: EndpointReference
}

export type RecordedRequest = PageRequest | ObservedRequest

/** Whether a call was a chat or a completion. */
export const isConversation = (
  request: RecordedRequest,
): request is Extract<PageRequest, { readonly mode: 'chat' | 'complete' }> =>
  request.mode === 'chat' || request.mode === 'complete'
