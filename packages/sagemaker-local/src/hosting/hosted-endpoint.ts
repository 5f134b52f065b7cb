import { isObjectLocation } from './object-store.ts'
import { createFaultInjector, type RequestFaults } from '../faults/fault-injector.ts'
import { requestedFaults } from '../faults/parse-faults.ts'
import { seededRandom } from '../answers/seeded-random.ts'
import { withSessions } from '../sessions/with-sessions.ts'
import type { ReceivedRequest } from '../answers/received-request.ts'
import { endpointOptions, type EndpointOptions } from './endpoint-options.ts'
import type { LocalEndpoint } from '../answers/local-endpoint.ts'

/** An endpoint in a running runtime. */
export interface HostedEndpoint {
  readonly name: string
  readonly options: EndpointOptions
  /** What answers, sessions included. */
  readonly model: LocalEndpoint
  /**
   * The faults of a request: those that it asks for, otherwise whatever the endpoint's faults inject.
   * @throws {FaultSyntaxError} when the request asks for faults that do not exist.
   */
  faultsOf(request: ReceivedRequest): RequestFaults | undefined
}

/** @throws {RangeError} if its `asyncPath` is no S3 address. */
export function hostEndpoint(name: string, endpoint: LocalEndpoint | EndpointOptions): HostedEndpoint {
  const options = endpointOptions(endpoint)
  const { model, faults, asyncPath } = options
  if (asyncPath !== undefined && !isObjectLocation(`${asyncPath}/x`)) {
    throw new RangeError(`The asyncPath of ${name} must be of the form s3://bucket/path, not "${asyncPath}".`)
  }
  const injected = faults === undefined ? () => undefined : createFaultInjector(faults)
  return {
    name,
    options,
    model: model.handlesSessions === true ? model : withSessions(model, options.sessionsExpireInSeconds),
    faultsOf(request) {
      const requested = requestedFaults(request.customAttributes)
      if (!requested) return injected(request.index)
      return { faults: requested, random: seededRandom(requested.seed ?? 1) }
    },
  }
}
