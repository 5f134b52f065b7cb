import type { GenerationOptions } from '@x/bedrock-like-types'
import type { LLMCallOptions, LLMPartOptions } from '@x/sagemaker-llm'
import { invalidParameter, type OpenAIInputBase } from '@x/sagemaker-llm/openai-format'
import type { RequestScope } from '../http/request-scope.ts'
import type { ServedModel } from '../models/served-model.ts'

/**
 * The options of a call: those of the client over the defaults of the model. Members that are not part of the format are sent to the
 * container if the model passes them on, and named in a warning otherwise.
 *
 * @param logprobFormats - formats whose answers have log probabilities in OpenAI's form.
 * @throws {SagemakerError} `invalid-request` for log probabilities of another format.
 */
export function languageCallOptions(
  { options, unknownMembers }: OpenAIInputBase,
  { defaults, passUnknown, format }: ServedModel<'language'>,
  scope: RequestScope,
  logprobFormats: ReadonlySet<string>,
): LLMPartOptions {
  if (options.logprobs !== undefined && !logprobFormats.has(format))
    throw invalidParameter('logprobs', 'cannot be reported for this model')
  const unknownNames = Object.keys(unknownMembers)
  if (!passUnknown && unknownNames.length > 0) scope.warn(`ignored: ${unknownNames.join(', ')}`)
  const parameters = {
    ...defaults.additionalParameters,
    ...options.additionalParameters,
    ...(passUnknown ? unknownMembers : {}),
  }
  return {
    ...givenOver(defaults, options),
    additionalParameters: Object.keys(parameters).length === 0 ? undefined : parameters,
    // They are in the values of the wire only.
    includeRaw: options.logprobs !== undefined,
    signal: scope.signal,
  }
}

/** The same for protocols whose other members ask for nothing that an endpoint could do. */
export function agentCallOptions(
  options: GenerationOptions,
  { defaults }: ServedModel<'language'>,
  scope: RequestScope,
): LLMCallOptions {
  return { ...givenOver(defaults, options), signal: scope.signal }
}

/** `null` leaves an option to the container, unless the model has a default. */
function givenOver(defaults: GenerationOptions, options: GenerationOptions): GenerationOptions {
  const given = Object.entries(options).filter(([name, value]) => value != null || Reflect.get(defaults, name) == null)
  return { ...defaults, ...Object.fromEntries(given) }
}
