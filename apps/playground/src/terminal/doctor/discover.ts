import {
  describeEndpoint,
  listEndpoints,
  type EndpointDescription,
  type ListedEndpoint,
  type ModelKind,
  type SuggestedConnection,
  type Suggestion,
} from '@x/sagemaker-discovery'
import { SagemakerError } from '@x/sagemaker-endpoint'
import type { Connection } from '../open-endpoint.ts'

/** A suggestion for a known kind of model. */
export type KnownSuggestion = Suggestion & { readonly kind: ModelKind }

/** Result of discovery. */
export interface Discovery {
  readonly description?: EndpointDescription
  /** Reason for the missing description, for example a missing permission. */
  readonly problem?: SagemakerError
}

/**
 * Describes an endpoint, if possible. Failures are returned: a call can still identify the format.
 *
 * @throws {SagemakerError} `aborted`
 */
export async function discover(endpointName: string, connection: Connection, signal: AbortSignal): Promise<Discovery> {
  try {
    return { description: await describeEndpoint(endpointName, { ...connection, signal }) }
  } catch (error) {
    if (!SagemakerError.is(error) || error.code === 'aborted') throw error
    return { problem: error }
  }
}

/** Returns the suggestion for the endpoint or its component, if the kind of model is known. */
export function knownSuggestion(
  { description }: Discovery,
  component: string | undefined,
): KnownSuggestion | undefined {
  const { inferenceComponents = [], suggestion: whole } = description ?? {}
  const suggestion = inferenceComponents.find(({ name }) => name === component)?.suggestion ?? whole
  if (suggestion === undefined || suggestion.kind === 'unknown') return undefined
  return { ...suggestion, kind: suggestion.kind }
}

/** Returns the connection for a suggested program. */
export function suggestedConnection(
  endpointName: string,
  { endpoint, region }: Connection,
  { description }: Discovery,
): SuggestedConnection {
  return { endpointName, region: region ?? description?.region, endpoint }
}

/** Returns all endpoints, newest first. */
export async function allEndpoints(connection: Connection, signal: AbortSignal): Promise<readonly ListedEndpoint[]> {
  const endpoints: ListedEndpoint[] = []
  for await (const endpoint of listEndpoints({ ...connection, signal })) endpoints.push(endpoint)
  return endpoints
}
