import type { CallWarning } from '@x/bedrock-like-types'
import type { ModelCallBase } from './model-call.ts'

/** The sampling options of a call. */
export type SamplingOption = 'maxNewTokens' | 'temperature' | 'topP' | 'topK' | 'stopSequences' | 'seed'

/** A container's names for the options it has. */
export type ParameterNames = Readonly<Partial<Record<SamplingOption, string>>>

/** Parameters under the container's names, and what could not be passed on. */
export interface RenamedParameters {
  readonly parameters: Readonly<Record<string, unknown>>
  readonly warnings: readonly CallWarning[]
}

const samplingOptions: readonly SamplingOption[] = [
  'maxNewTokens',
  'temperature',
  'topP',
  'topK',
  'stopSequences',
  'seed',
]

/**
 * Writes the sampling options that were given under a container's own names. An option that the container does not have is
 * not sent and named in a warning. `overrides` replaces single parameters; one that is `undefined` there is not sent.
 */
export function renameParameters(
  call: ModelCallBase,
  handlerName: string,
  names: ParameterNames,
  overrides: Readonly<Record<string, unknown>> = {},
): RenamedParameters {
  const parameters: Record<string, unknown> = {}
  const warnings: CallWarning[] = []
  for (const option of samplingOptions) {
    const value = call[option]
    const name = names[option]
    if (value === undefined || (option === 'stopSequences' && call.stopSequences?.length === 0)) continue
    if (name !== undefined) parameters[name] = value
    else {
      const message = `${option} was not sent: ${handlerName} has no such parameter${remedies[option] ?? ''}`
      warnings.push({ option, message })
    }
  }
  return { parameters: { ...parameters, ...overrides }, warnings }
}

const remedies: Partial<Record<SamplingOption, string>> = {
  stopSequences: '; the text is cut here instead, once it has been generated',
}
