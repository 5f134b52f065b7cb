import { byteLength } from '../../wire/bytes.ts'
import type { RuntimeRequest } from '../../wire/runtime-request.ts'

/** A request that the SDK has built and not signed yet. */
export interface BuiltRequest {
  readonly headers: Readonly<Record<string, string>>
  readonly body?: unknown
}

/** A built request, and what is left of the SDK's work on it: it signs, sends, and learns the server's clock. */
interface Prepared<Send> {
  readonly built: BuiltRequest
  readonly send: Send
}

/** More kinds of calls than that are hardly made in turn through one endpoint. */
const maxPrepared = 32

/**
 * Requests as the SDK has built them, for later calls that differ in nothing but the body. To find address, headers and
 * the name of the program takes the SDK more time than the rest of a call, and gives the same each time.
 */
export class PreparedRequests<Send> {
  readonly #prepared = new Map<string, Prepared<Send>>()

  keep(request: RuntimeRequest, built: BuiltRequest, send: Send): void {
    if (!isRepeatable(request)) return
    const [oldest] = this.#prepared.keys()
    if (this.#prepared.size === maxPrepared && oldest !== undefined) this.#prepared.delete(oldest)
    this.#prepared.set(kindOf(request), { built: { ...built, body: undefined }, send })
  }

  /** The kept request with another body. */
  find(request: RuntimeRequest): Prepared<Send> | undefined {
    if (!isRepeatable(request)) return undefined
    const prepared = this.#prepared.get(kindOf(request))
    if (prepared === undefined) return undefined
    const { body } = request
    const headers = { ...prepared.built.headers, 'content-length': String(byteLength(body)) }
    return { ...prepared, built: { ...prepared.built, headers, body } }
  }
}

/**
 * An empty body has no length among the headers, and an asynchronous call has other headers. On Lambda the SDK passes
 * on the trace of the invocation, which is another one each time.
 */
function isRepeatable({ operation, body }: RuntimeRequest): boolean {
  return operation !== 'invokeAsync' && body.length > 0 && process.env['AWS_LAMBDA_FUNCTION_NAME'] === undefined
}

/** All that the SDK builds a request from, but its body. */
function kindOf({ operation, endpointName, contentType, accept, routing }: RuntimeRequest): string {
  return JSON.stringify([operation, endpointName, contentType, accept, routing])
}
