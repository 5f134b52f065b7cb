import type { Deployment } from './deployment.ts'
import type { ReceivedRequest } from './received-request.ts'
import type { LocalAnswer } from './local-answer.ts'

/**
 * What stands behind an endpoint's name: a demo model, a script, or anything else that answers requests.
 */
export interface LocalEndpoint {
  /** One line for people: what it is and which format it speaks. */
  readonly description: string
  /** A JSON body that makes a good first call, for the page at `/`. */
  readonly exampleBody?: string | undefined
  /**
   * Whether the runtime leaves requests for stateful sessions to it, too, and checks no `SessionId`. Default false: the runtime
   * answers them itself.
   */
  readonly handlesSessions?: boolean | undefined
  /** Deployment to show on the control plane. Default: an image of the account. */
  readonly deployment?: Deployment | undefined
  /** Answers one request. A throw or rejection is a container that crashed: `ModelError` with original status 500. */
  answer(request: ReceivedRequest): LocalAnswer | Promise<LocalAnswer>
}
