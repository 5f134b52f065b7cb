import type { SagemakerEndpointOptions } from '../options/endpoint-options.ts'
import { SagemakerError } from '../errors/sagemaker-error.ts'
import { SagemakerEndpoint } from '../sagemaker-endpoint.ts'

/** An existing endpoint. It has its own options, so no other endpoint options can be given. */
export type ExistingEndpoint = { readonly endpoint: SagemakerEndpoint } & {
  readonly [Option in Exclude<keyof SagemakerEndpointOptions, 'endpoint'>]?: undefined
}

/** The options of an endpoint, or an existing one as `endpoint`. (A string `endpoint` is the URL of the service.) */
export type EndpointOrOptions = SagemakerEndpointOptions | ExistingEndpoint

/** The names of all members of an options type: a table that lacks one does not compile. */
export type OptionNames<Options> = Readonly<Record<keyof Options, true>>

/** The options of a model object, separated into model options and the endpoint. */
export interface ModelEndpoint<Options> {
  /** The endpoint that is called. */
  readonly endpoint: SagemakerEndpoint
  /** The options of the model. */
  readonly options: Options
  /** The options that the endpoint was created with; empty for an existing endpoint. */
  readonly endpointOptions: Partial<SagemakerEndpointOptions>
  /** Closes the endpoint if it was created here. An existing endpoint stays open. */
  close(): void
}

/**
 * Separates model options from endpoint options, and creates the endpoint unless one was passed in. Called once, by the constructor
 * of a model object.
 *
 * @param names - names of the model options.
 * @throws {SagemakerError} `invalid-request` for endpoint options next to an existing endpoint: they would have no effect.
 */
export function modelEndpoint<Options extends object>(
  options: Options & EndpointOrOptions,
  names: OptionNames<Options>,
): ModelEndpoint<Options> {
  const isOfModel = ([name]: [string, unknown]): boolean => Object.hasOwn(names, name)
  const entries = Object.entries(options)
  const own = Object.fromEntries(entries.filter(isOfModel)) as Options
  const { endpoint, ...others } = Object.fromEntries(entries.filter((entry) => !isOfModel(entry))) as EndpointOrOptions
  if (endpoint === undefined || typeof endpoint === 'string') {
    const endpointOptions = { ...others, endpoint } as SagemakerEndpointOptions
    const built = new SagemakerEndpoint(endpointOptions)
    return { endpoint: built, options: own, endpointOptions, close: () => built.close() }
  }
  const given = Object.entries(others).flatMap(([name, value]) => (value === undefined ? [] : name))
  if (given.length > 0) {
    const message = `${given.join(', ')}: an endpoint was passed in, which has its own options.`
    throw new SagemakerError('invalid-request', message, { endpointName: endpoint.endpointName })
  }
  return { endpoint, options: own, endpointOptions: {}, close: () => {} }
}
