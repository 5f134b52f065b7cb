import type { AwsLocation } from '../answers/model-error.ts'
import type { JsonObject } from '../answers/json-fields.ts'
import type { HostedEndpoint } from '../hosting/hosted-endpoint.ts'
import { ControlPlaneError, validationError } from './control-plane-error.ts'

/** State that the operations read. */
export interface ControlPlaneState {
  readonly endpoints: ReadonlyMap<string, HostedEndpoint>
  readonly awsLocation: AwsLocation
  /** Start time of the runtime, in seconds since the epoch. Used as the creation time of all resources. */
  readonly startedAt: number
  readonly transformJobs: TransformOperations
}

/** The operations of transform jobs. */
export interface TransformOperations {
  /** @throws {ControlPlaneError} */
  create(request: JsonObject): JsonObject
  /** @throws {ControlPlaneError} */
  describe(request: JsonObject): JsonObject
  /** @throws {ControlPlaneError} */
  stop(request: JsonObject): JsonObject
  /** @throws {ControlPlaneError} */
  list(request: JsonObject): JsonObject
}

/**
 * A control plane operation: maps a request to a response.
 *
 * @throws {ControlPlaneError}
 */
export type Operation = (request: JsonObject, state: ControlPlaneState) => JsonObject | Promise<JsonObject>

/** Resource types, as used in ARNs. */
export type ResourceKind = 'endpoint' | 'endpoint-config' | 'inference-component' | 'model' | 'transform-job'

/** Returns the ARN of a resource. SageMaker's ARNs are in lower case. */
export function arnOf(
  kind: ResourceKind,
  name: string,
  { awsLocation }: Pick<ControlPlaneState, 'awsLocation'>,
): string {
  return `arn:aws:sagemaker:${awsLocation.region}:${awsLocation.accountId}:${kind}/${name.toLowerCase()}`
}

/** Returns a required string member. */
export function requiredName(request: JsonObject, member: string): string {
  const value = request[member]
  const name = `${member.charAt(0).toLowerCase()}${member.slice(1)}`
  if (typeof value !== 'string' || value === '') throw validationError(name, value, 'Member must not be null')
  return value
}

/** Returns the error for a resource that does not exist. */
export function notFound(words: string, kind: ResourceKind, name: string, state: ControlPlaneState): ControlPlaneError {
  return new ControlPlaneError('ValidationException', `Could not find ${words} "${arnOf(kind, name, state)}".`)
}

/** Returns the creation time of an endpoint, in seconds since the epoch. Consecutive endpoints are one second apart. */
export function createdAt(endpoint: HostedEndpoint, { endpoints, startedAt }: ControlPlaneState): number {
  return startedAt + [...endpoints.keys()].indexOf(endpoint.name)
}

/** Returns an endpoint by name. Its configuration and its model have the same name. */
export function endpointNamed(
  name: string,
  kind: ResourceKind,
  words: string,
  state: ControlPlaneState,
): HostedEndpoint {
  const endpoint = state.endpoints.get(name)
  if (endpoint === undefined) throw notFound(words, kind, name, state)
  return endpoint
}
