import type { Deployment } from './deployment.ts'
import type { ReceivedRequest } from './received-request.ts'
import type { LocalAnswer } from './local-answer.ts'

/** The model behind an endpoint: a demo model, a script, a proxy, or your own implementation. */
export interface LocalEndpoint {
  /** One line for logs and the status page: what the model is, and the format of its requests and answers. */
  readonly description: string
  /** A JSON body for a first call, shown on the page at `/`. */
  readonly exampleBody?: string | undefined
  /**
   * Whether this model handles stateful sessions itself. If not, the runtime answers session requests and checks every `SessionId`.
   * @defaultValue false
   */
  readonly handlesSessions?: boolean | undefined
  /**
   * Deployment to show on the control plane.
   * @defaultValue an image of the account
   */
  readonly deployment?: Deployment | undefined
  /** Answers one request. An exception or rejection counts as a crash of the container: `ModelError` with original status 500. */
  answer(request: ReceivedRequest): LocalAnswer | Promise<LocalAnswer>
}
