import { namedEmbeddingHandler } from '@x/sagemaker-embed'
import { SagemakerError, type SagemakerEndpointOptions } from '@x/sagemaker-endpoint'
import type * as Discovery from '@x/sagemaker-discovery'
import type { EndpointDescription, InferenceComponent, Suggestion } from '@x/sagemaker-discovery'
import type { GatewayModel } from '../contract/gateway-model.ts'

/** Options of {@link discoverModels}. */
export interface DiscoverModelsOptions extends Pick<SagemakerEndpointOptions, 'region' | 'credentials' | 'endpoint'> {
  /**
   * Names of endpoints that are offered, with all their inference components, or of components as `endpoint/component`; `*` stands for
   * any characters. Nothing else is described or offered, whatever the credentials may call.
   */
  readonly patterns: readonly string[]
  /** Called for an endpoint that is left out although its name matches, with the reason. */
  readonly onSkip?: ((name: string, reason: string) => void) | undefined
  /** Aborts the calls. */
  readonly signal?: AbortSignal | undefined
}

/**
 * Finds models for a gateway: endpoints in service and the inference components in them, with the content handlers that fit their
 * containers. Needs `@x/sagemaker-discovery` and `@aws-sdk/client-sagemaker`, and the IAM actions that they name.
 *
 * @returns The models by the names of their endpoints or inference components.
 * @throws {SagemakerError} `missing-dependency`; `access-denied` with the IAM action as `action`, `credentials` and so on.
 */
export async function discoverModels(options: DiscoverModelsOptions): Promise<Record<string, GatewayModel>> {
  const { patterns, onSkip = () => {}, signal, ...connection } = options
  const { describeEndpoint, listEndpoints } = await loadDiscovery()
  const allowed = patterns.map((pattern) => allowedBy(pattern))
  const models: Record<string, GatewayModel> = {}
  for await (const { name } of listEndpoints({ ...connection, status: 'InService', signal })) {
    if (!allowed.some(({ endpoint }) => endpoint.test(name))) continue
    const described = await describeEndpoint(name, { ...connection, signal })
    if (described.asynchronous !== undefined) {
      onSkip(name, 'it takes asynchronous calls only')
      continue
    }
    for (const target of targetsOf(described, allowed)) {
      const model = await modelOf(name, target, connection)
      if (model === undefined) onSkip(target.name, reasonOf(target.suggestion))
      else models[target.name] = model
    }
  }
  return models
}

/** A pattern: of endpoints, and of the components in them. */
interface AllowedNames {
  readonly endpoint: RegExp
  /** Undefined for the endpoint itself and all its components. */
  readonly component: RegExp | undefined
}

function allowedBy(pattern: string): AllowedNames {
  const [endpoint = '', component] = pattern.split('/')
  return {
    endpoint: expressionOf(endpoint),
    component: component === undefined ? undefined : expressionOf(component),
  }
}

function expressionOf(pattern: string): RegExp {
  const escaped = pattern.split('*').map((text) => text.replaceAll(/[^A-Za-z0-9-]/g, String.raw`\$&`))
  return new RegExp(`^${escaped.join('.*')}$`)
}

type Target = Pick<EndpointDescription | InferenceComponent, 'name' | 'suggestion'>

/** What can be called: the components that are in service, or the endpoint itself. */
function targetsOf(
  { name, suggestion, inferenceComponents }: EndpointDescription,
  allowed: readonly AllowedNames[],
): readonly Target[] {
  const ofEndpoint = allowed.filter(({ endpoint }) => endpoint.test(name))
  if (inferenceComponents.length === 0)
    return ofEndpoint.some(({ component }) => component === undefined) ? [{ name, suggestion }] : []
  return inferenceComponents.filter(
    (one) =>
      one.status === 'InService' &&
      ofEndpoint.some(({ component }) => component === undefined || component.test(one.name)),
  )
}

async function modelOf(
  endpointName: string,
  { name, suggestion }: Target,
  connection: Pick<DiscoverModelsOptions, 'region' | 'credentials' | 'endpoint'>,
): Promise<GatewayModel | undefined> {
  const { kind, handler, handlerOptions, options } = suggestion
  const inferenceComponentName = name === endpointName ? undefined : name
  const base = { ...connection, ...options, endpointName, inferenceComponentName }
  switch (kind) {
    case 'language':
      return { ...base, kind, contentHandler: handler }
    case 'embedding':
      return { ...base, kind, contentHandler: await namedEmbeddingHandler(handler, handlerOptions) }
    case 'rerank':
      return { ...base, kind, contentHandler: handler }
    case 'classification':
    case 'unknown':
      return undefined
  }
}

function reasonOf({ kind }: Suggestion): string {
  return kind === 'unknown' ? 'what runs in it is not known' : `it is of kind ${kind}, which OpenAI's API does not have`
}

async function loadDiscovery(): Promise<typeof Discovery> {
  try {
    return await import('@x/sagemaker-discovery')
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ERR_MODULE_NOT_FOUND') throw error
    const packageName = '@x/sagemaker-discovery'
    const message = `discovery needs ${packageName}: npm install ${packageName} @aws-sdk/client-sagemaker`
    throw new SagemakerError('missing-dependency', message, { packageName, cause: error })
  }
}
