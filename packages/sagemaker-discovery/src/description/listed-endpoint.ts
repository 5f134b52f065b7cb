import type { ListedEndpoint } from './endpoint-description.ts'

/** Converts the members that a list entry and a description share. */
export function listedEndpoint(endpoint: {
  readonly EndpointName?: string
  readonly EndpointArn?: string
  readonly EndpointStatus?: string
  readonly CreationTime?: Date
  readonly LastModifiedTime?: Date
}): ListedEndpoint {
  const createdAt = endpoint.CreationTime ?? new Date(0)
  return {
    name: endpoint.EndpointName ?? '',
    arn: endpoint.EndpointArn ?? '',
    status: endpoint.EndpointStatus ?? 'Unknown',
    createdAt,
    lastModifiedAt: endpoint.LastModifiedTime ?? createdAt,
  }
}
