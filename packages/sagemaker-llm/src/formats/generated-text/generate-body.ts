import type { PromptCall } from '../../contract/model-call.ts'
import { renameParameters, type ParameterNames } from '../../contract/rename-parameters.ts'

/** A request body, and what could not be passed on. */
export interface GenerateBody {
  readonly body: Readonly<Record<string, unknown>>
  readonly warnings: readonly string[]
}

/** What differs between containers of this format. */
export interface GenerateBodyOptions {
  /** Names the container in warnings. */
  readonly handlerName: string
  /** Parameters beside the renamed ones, or in their place; `undefined` leaves one out. */
  readonly overrides?: Readonly<Record<string, unknown>> | undefined
  /** Members beside `inputs`, `parameters` and `stream`. */
  readonly members?: Readonly<Record<string, unknown>> | undefined
}

/** The names that TGI, LMI and the Hugging Face toolkit share. */
export const generateParameterNames: ParameterNames = {
  maxNewTokens: 'max_new_tokens',
  temperature: 'temperature',
  topP: 'top_p',
  topK: 'top_k',
  stopSequences: 'stop',
  seed: 'seed',
}

/** `{ inputs, parameters, stream }`, with the user's own parameters merged last into `parameters`. */
export function generateBody(call: PromptCall, options: GenerateBodyOptions): GenerateBody {
  const { handlerName, overrides } = options
  const { parameters, warnings } = renameParameters(call, handlerName, generateParameterNames, overrides)
  const body = {
    inputs: call.prompt,
    ...options.members,
    parameters: { ...parameters, ...call.additionalParameters },
    stream: call.stream,
  }
  return { body, warnings }
}

/**
 * The temperature for containers that refuse 0: greedy decoding is what 0 means.
 *
 * @param samplingFlag - Also say `do_sample: true` above 0, for containers that ignore the temperature without it.
 */
export function temperatureOrGreedy(temperature: number, samplingFlag: boolean): Readonly<Record<string, unknown>> {
  if (temperature === 0) return { temperature: undefined, do_sample: false }
  return samplingFlag ? { temperature, do_sample: true } : { temperature }
}
