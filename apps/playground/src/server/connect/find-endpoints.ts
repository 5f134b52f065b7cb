import {
  describeEndpoint,
  listEndpoints,
  type DescribedContainer,
  type EndpointDescription,
  type ListedEndpoint,
} from '@x/sagemaker-discovery'
import type { FoundEndpoint, FoundEndpointEvent } from '../../protocol/connect.ts'
import type { Connection } from '../../terminal/open-endpoint.ts'
import { errorEvent, toSagemakerError } from '../error-event.ts'
import { EventChannel } from '../event-channel.ts'

/** Most endpoints that are looked into: each takes several calls of a control plane that throttles. */
const maxDescribed = 100
const concurrency = 4

/** Lists endpoints, and reports of each what runs in it. */
export function findEndpoints(connection: Connection, signal: AbortSignal): EventChannel<FoundEndpointEvent> {
  const channel = new EventChannel<FoundEndpointEvent>()
  find(connection, channel, signal)
    .then(
      () => channel.write({ type: 'end' }),
      (error: unknown) => channel.write(errorEvent(toSagemakerError(error), 0)),
    )
    .finally(() => channel.close())
  return channel
}

async function find(
  connection: Connection,
  channel: EventChannel<FoundEndpointEvent>,
  signal: AbortSignal,
): Promise<void> {
  const listed: ListedEndpoint[] = []
  for await (const endpoint of listEndpoints({ ...connection, signal })) {
    channel.write({ type: 'endpoint', ...foundOf(endpoint) })
    listed.push(endpoint)
    if (listed.length >= maxDescribed) break
  }
  const waiting = [...listed]
  const describeNext = async (): Promise<void> => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift()) {
      // oxlint-disable-next-line no-await-in-loop -- at most four at a time
      channel.write({ type: 'endpoint', ...(await described(next, connection, signal)) })
    }
  }
  await Promise.all(Array.from({ length: concurrency }, describeNext))
}

async function described(
  endpoint: ListedEndpoint,
  connection: Connection,
  signal: AbortSignal,
): Promise<FoundEndpoint> {
  try {
    const description = await describeEndpoint(endpoint.name, { ...connection, signal })
    return { ...foundOf(endpoint), details: detailsOf(description) }
  } catch (error) {
    signal.throwIfAborted()
    return { ...foundOf(endpoint), problem: toSagemakerError(error).message }
  }
}

function foundOf({ name, status, arn }: ListedEndpoint): FoundEndpoint {
  const [, , , region, account] = arn.split(':')
  return { name, status, region, account }
}

function detailsOf(description: EndpointDescription): NonNullable<FoundEndpoint['details']> {
  const { asynchronous, container, inferenceComponents, model, suggestion, variants } = description
  return {
    kind: suggestion.kind,
    runs: runsIn(container, model.id),
    handler: suggestion.handler,
    call: suggestion.call,
    why: suggestion.why,
    variants: variants.filter(({ isShadow }) => !isShadow).map(({ name }) => name),
    components: inferenceComponents.map((component) => ({
      name: component.name,
      status: component.status,
      runs: runsIn(component.container, component.model.id),
      handler: component.suggestion.handler,
      kind: component.suggestion.kind,
    })),
    modelName: typeof suggestion.options['modelName'] === 'string' ? suggestion.options['modelName'] : undefined,
    isAsynchronous: asynchronous !== undefined,
  }
}

function runsIn({ name, version }: DescribedContainer, modelId: string | undefined): string {
  const software = name === 'unknown' ? 'unknown container' : [name, version].filter(Boolean).join(' ')
  return modelId === undefined ? software : `${modelId} on ${software}`
}
