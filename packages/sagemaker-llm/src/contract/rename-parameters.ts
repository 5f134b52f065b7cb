import type { CallWarning } from '@x/bedrock-like-types'
import type { ModelCallBase } from './model-call.ts'

const parameterOptions = [
  'maxNewTokens',
  'temperature',
  'topP',
  'topK',
  'stopSequences',
  'seed',
  'presencePenalty',
  'frequencyPenalty',
  'reasoningEffort',
  'parallelToolCalls',
  'logprobs',
] as const

/** The options of a call that containers take as parameters. */
export type ParameterOption = (typeof parameterOptions)[number]

/** A container's name for each option it has, or a function that writes the parameters where a name is not enough. */
export type ParameterNames = {
  readonly [Option in ParameterOption]?:
    | string
    | ((value: NonNullable<ModelCallBase[Option]>) => Readonly<Record<string, unknown>>)
    | undefined
}

/** Parameters under the container's names, and what could not be passed on. */
export interface RenamedParameters {
  readonly parameters: Readonly<Record<string, unknown>>
  readonly warnings: readonly CallWarning[]
}

/**
 * Writes the given options under a container's own names. An option that the container does not have is left out and named
 * in a warning. `overrides` replaces single parameters; one that is `undefined` there is left out.
 */
export function renameParameters(
  call: ModelCallBase,
  handlerName: string,
  names: ParameterNames,
  overrides: Readonly<Record<string, unknown>> = {},
): RenamedParameters {
  const parameters: Record<string, unknown> = {}
  const warnings: CallWarning[] = []
  for (const option of parameterOptions) {
    if (!isAskedFor(option, call)) continue
    const name = names[option]
    if (typeof name === 'string') parameters[name] = call[option]
    else if (name !== undefined) Object.assign(parameters, name(call[option] as never))
    else {
      const message = `${option} was not sent: ${handlerName} has no such parameter${remedies[option] ?? ''}`
      warnings.push({ option, message })
    }
  }
  return { parameters: { ...parameters, ...overrides }, warnings }
}

/** Values that ask for what happens anyway are not sent: some containers refuse them, and none needs them. */
function isAskedFor(option: ParameterOption, call: ModelCallBase): boolean {
  if (call[option] === undefined) return false
  if (option === 'stopSequences') return call.stopSequences?.length !== 0
  if (option === 'logprobs') return call.logprobs !== false
  // OpenAI and vLLM refuse parallel_tool_calls where there are no tools.
  return option !== 'parallelToolCalls' || Boolean(call.tools?.length)
}

const remedies: Partial<Record<ParameterOption, string>> = {
  stopSequences: '; the text is cut here instead, once it has been generated',
}
