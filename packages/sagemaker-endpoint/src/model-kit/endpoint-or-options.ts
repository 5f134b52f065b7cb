import type { SagemakerEndpointOptions } from '../options/endpoint-options.ts'
import { SagemakerError } from '../errors/sagemaker-error.ts'
import { SagemakerEndpoint } from '../sagemaker-endpoint.ts'

/** An endpoint that exists already. It has its own options, so none are given beside it. */
export type ExistingEndpoint = { readonly endpoint: SagemakerEndpoint } & {
  readonly [Option in Exclude<keyof SagemakerEndpointOptions, 'endpoint'>]?: undefined
}

/** Options of an endpoint, or one that exists as `endpoint`. (As text, `endpoint` is the URL of the service.) */
export type EndpointOrOptions = SagemakerEndpointOptions | ExistingEndpoint

/** The names of options of one kind, each of them once: a table that lacks one does not compile. */
export type OptionNames<Options> = Readonly<Record<keyof Options, true>>

/** The options of a model object, split into those of the model and the endpoint that is called. */
export interface ModelEndpoint<Options> {
  /** The endpoint that is called. */
  readonly endpoint: SagemakerEndpoint
  /** The options of the model. */
  readonly options: Options
  /** The options that the endpoint was built with; empty if it existed already. */
  readonly endpointOptions: Partial<SagemakerEndpointOptions>
  /** Closes the endpoint if it was built here; one that was passed in stays open. */
  close(): void
}

/**
 * Tells the options of a model from those of its endpoint, and builds the endpoint unless there is one already. For the
 * constructor of a model object: nothing of it runs per call.
 *
 * @param names - the options of the model.
 * @throws {SagemakerError} `invalid-request` for options of an endpoint beside one that exists: they would have no effect.
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
