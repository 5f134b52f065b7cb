import type { CallWarning, ResponseFormat } from '@x/bedrock-like-types'
import type { PromptCall } from '../../contract/model-call.ts'
import { type ParameterNames, renameParameters } from '../../contract/rename-parameters.ts'

/** A request body, and what could not be passed on. */
export interface GenerateBody {
  readonly body: Readonly<Record<string, unknown>>
  readonly warnings: readonly CallWarning[]
}

/** What differs between containers of this format. */
export interface GenerateBodyOptions {
  /** Names the container in warnings. */
  readonly handlerName: string
  /** The container's names for the options. */
  readonly names: ParameterNames
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

/** TGI reports the log probability of each token with its details; alternatives are asked for by their number. */
const tgiParameterNames: ParameterNames = {
  ...generateParameterNames,
  frequencyPenalty: 'frequency_penalty',
  logprobs: (logprobs) => (typeof logprobs === 'number' ? { top_n_tokens: logprobs } : {}),
}

/** `{ inputs, parameters, stream }`, with the user's own parameters merged last into `parameters`. */
export function generateBody(call: PromptCall, options: GenerateBodyOptions): GenerateBody {
  const { parameters, warnings } = renameParameters(call, options.handlerName, options.names, options.overrides)
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
export function temperatureOrGreedy(
  temperature: number | undefined,
  samplingFlag: boolean,
): Readonly<Record<string, unknown>> {
  if (temperature === undefined) return {}
  if (temperature === 0) return { temperature: undefined, do_sample: false }
  return samplingFlag ? { temperature, do_sample: true } : { temperature }
}

/** What differs between those who send prompts to TGI. */
export interface TgiPromptBodyOptions {
  /** Names the container in warnings. */
  readonly handlerName: string
  /** As for {@link temperatureOrGreedy}. */
  readonly samplingFlag: boolean
}

/** The body of a prompt to TGI. */
export function tgiPromptBody(call: PromptCall, { handlerName, samplingFlag }: TgiPromptBodyOptions): GenerateBody {
  return generateBody(call, {
    handlerName,
    names: tgiParameterNames,
    overrides: {
      ...temperatureOrGreedy(call.temperature, samplingFlag),
      ...tgiLimits(call),
      details: true,
      return_full_text: false,
      grammar: tgiGrammar(call.responseFormat),
    },
  })
}

/** TGI refuses `top_p` of 1 and `top_k` of 0 or less, which mean "not limited" elsewhere. */
function tgiLimits({ topP, topK }: PromptCall): Readonly<Record<string, unknown>> {
  return {
    ...(topP !== undefined && topP >= 1 ? { top_p: undefined } : {}),
    ...(topK !== undefined && topK <= 0 ? { top_k: undefined } : {}),
  }
}

/** TGI's `grammar`, which is also its `response_format`; `undefined` for free text. Any JSON is an object there. */
export function tgiGrammar(format: ResponseFormat | undefined): object | undefined {
  return format?.type === 'json' ? { type: 'json', value: format.schema ?? { type: 'object' } } : undefined
}
