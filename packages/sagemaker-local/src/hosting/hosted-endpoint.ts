import { isObjectLocation } from './object-store.ts'
import { createFaultInjector, type RequestFaults } from '../faults/fault-injector.ts'
import { requestedFaults } from '../faults/parse-faults.ts'
import { seededRandom } from '../answers/seeded-random.ts'
import { withSessions } from '../sessions/with-sessions.ts'
import type { AnswerProgress, TrackedRequest } from '../answers/received-request.ts'
import { endpointOptions, type EndpointOptions } from './endpoint-options.ts'
import type { LocalEndpoint } from '../answers/local-endpoint.ts'

/** An endpoint of a running runtime. */
export interface HostedEndpoint {
  readonly name: string
  readonly options: EndpointOptions
  /** S3 path of the results of asynchronous calls, without a trailing slash. */
  readonly asyncPath: string
  /** The model, with session handling. */
  readonly model: LocalEndpoint
  /**
   * Returns the faults of a request: those that it asks for, otherwise those that the endpoint injects. Returns the same for each call with
   * the same request.
   * @throws {FaultSyntaxError} when the request asks for faults that do not exist.
   */
  faultsOf(request: TrackedRequest): RequestFaults | undefined
}

/**
 * Prepares an endpoint for requests.
 * @throws {RangeError} if its `asyncPath` is not an S3 address.
 */
export function hostEndpoint(name: string, endpoint: LocalEndpoint | EndpointOptions): HostedEndpoint {
  const options = endpointOptions(endpoint)
  const { model, faults, asyncPath = `s3://sagemaker-local/${name}` } = options
  if (!isObjectLocation(`${asyncPath}/x`)) {
    throw new RangeError(`The asyncPath of ${name} must be of the form s3://bucket/path, not "${asyncPath}".`)
  }
  const injected = faults === undefined ? () => undefined : createFaultInjector(faults)
  const decided = new WeakMap<AnswerProgress, RequestFaults | undefined>()
  const decide = (request: TrackedRequest): RequestFaults | undefined => {
    const requested = requestedFaults(request.customAttributes)
    if (!requested) return injected(request.index)
    return { faults: requested, random: seededRandom(requested.seed ?? 1) }
  }
  return {
    name,
    options,
    asyncPath: asyncPath.replace(/\/$/, ''),
    model: model.handlesSessions === true ? model : withSessions(model, options.sessionsExpireInSeconds),
    faultsOf(request) {
      if (!decided.has(request.progress)) decided.set(request.progress, decide(request))
      return decided.get(request.progress)
    },
  }
}
