import { SagemakerEndpoint, type SagemakerEndpointOptions } from '@x/sagemaker-endpoint'
import { invalidRequest } from '../contract/invalid-request.ts'
import type { ModelOptions, SagemakerLLMOptions } from './sagemaker-llm-options.ts'
import { generationOptionNames } from './generation-option-names.ts'
import { type OptionNames, splitOptions } from './split-options.ts'

/** The options of a `SagemakerLLM`, each where it belongs. */
export interface SplitModelOptions {
  readonly endpoint: SagemakerEndpoint
  /** Whether `endpoint` was made here, and so has to be closed here. */
  readonly ownsEndpoint: boolean
  /** Of what was given for the endpoint, what belongs to each request. */
  readonly routing: Pick<SagemakerEndpointOptions, 'customAttributes' | 'inferenceComponentName'>
  readonly model: ModelOptions
}

const modelOptionNames: OptionNames<ModelOptions> = {
  ...generationOptionNames,
  contextWindow: true,
  modelName: true,
  systemPrompt: true,
  contentHandler: true,
  messagesToPrompt: true,
  completionToPrompt: true,
  callbacks: true,
  telemetry: true,
  wireObserver: true,
}

/**
 * Tells the options of the model from those of the endpoint and makes the endpoint, unless there is one already.
 *
 * @throws {SagemakerError} `invalid-request` for options of an endpoint besides one that exists: they would have no effect.
 */
export function splitModelOptions(options: SagemakerLLMOptions): SplitModelOptions {
  const [model, rest] = splitOptions(options, modelOptionNames)
  const { endpoint, ...endpointOptions } = rest as Omit<Partial<SagemakerEndpointOptions>, 'endpoint'> & {
    readonly endpoint?: string | SagemakerEndpoint | undefined
  }
  if (endpoint === undefined || typeof endpoint === 'string') {
    const made = new SagemakerEndpoint({ ...endpointOptions, endpoint } as SagemakerEndpointOptions)
    return { endpoint: made, ownsEndpoint: true, routing: endpointOptions, model }
  }
  const given = Object.entries(endpointOptions).flatMap(([name, value]) => (value === undefined ? [] : name))
  if (given.length > 0) throw invalidRequest(`${given.join(', ')}: an endpoint was given, which has its own options`)
  return { endpoint, ownsEndpoint: false, routing: {}, model }
}
