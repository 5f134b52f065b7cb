import { SagemakerEndpoint, type SagemakerEndpointOptions } from '@x/sagemaker-endpoint'
import { invalidRequest } from '../handlers/invalid-request.ts'
import type { ModelOptions, SagemakerLLMOptions } from '../sagemaker-llm-options.ts'
import { splitGenerationOptions } from './generation-option-names.ts'

/** The options of a `SagemakerLLM`, each where it belongs. */
export interface SplitModelOptions {
  readonly endpoint: SagemakerEndpoint
  /** Whether `endpoint` was made here, and so has to be closed here. */
  readonly ownsEndpoint: boolean
  /** Of what was given for the endpoint, what belongs to each request. */
  readonly routing: Pick<SagemakerEndpointOptions, 'customAttributes' | 'inferenceComponentName'>
  readonly model: ModelOptions
}

/**
 * Tells the options of the model from those of the endpoint and makes the endpoint, unless there is one already.
 *
 * @throws {SagemakerError} `invalid-request` for options of an endpoint besides one that exists: they would have no effect.
 */
export function splitModelOptions(options: SagemakerLLMOptions): SplitModelOptions {
  const [generation, rest] = splitGenerationOptions(options)
  const {
    contextWindow,
    modelName,
    systemPrompt,
    contentHandler,
    messagesToPrompt,
    completionToPrompt,
    callbacks,
    telemetry,
    wireObserver,
    endpoint,
    ...endpointOptions
  } = rest as Omit<SagemakerLLMOptions, keyof typeof generation> & Partial<SagemakerEndpointOptions>
  const model = {
    ...generation,
    contextWindow,
    modelName,
    systemPrompt,
    contentHandler,
    messagesToPrompt,
    completionToPrompt,
    callbacks,
    telemetry,
    wireObserver,
  }
  if (endpoint === undefined || typeof endpoint === 'string') {
    const made = new SagemakerEndpoint({ ...endpointOptions, endpoint } as SagemakerEndpointOptions)
    return { endpoint: made, ownsEndpoint: true, routing: endpointOptions, model }
  }
  const given = Object.entries(endpointOptions).flatMap(([name, value]) => (value === undefined ? [] : name))
  if (given.length > 0) throw invalidRequest(`${given.join(', ')}: an endpoint was given, which has its own options`)
  return { endpoint, ownsEndpoint: false, routing: {}, model }
}
