import type { GenerationParameters } from '../../../protocol/generation-parameters.ts'
import type { EndpointReference, RunMessage, RunRequest, RunTool } from '../../../protocol/run-request.ts'
import { parseParameterDrafts } from '../../call/parameter-drafts.ts'
import { parseToolDrafts } from '../tool-drafts.ts'
import type { SettingsValues } from './settings-values.ts'

/** Settings that a call can be made with, or why it cannot. */
export type ParsedSettings = CallableSettings | { readonly problem: string }

interface CallableSettings {
  readonly problem?: undefined
  readonly values: SettingsValues
  readonly parameters: GenerationParameters
  readonly tools: readonly RunTool[]
}

/** Reads the form. */
export function parseSettings(values: SettingsValues, mode: RunRequest['mode']): ParsedSettings {
  const { parameters, problem } = parseParameterDrafts(values.drafts)
  if (problem !== undefined) return { problem }
  const parsed = parseToolDrafts(mode === 'chat' ? values.tools : '')
  return parsed.problem === undefined ? { values, parameters, tools: parsed.tools } : { problem: parsed.problem }
}

/** The call that asks an endpoint. */
export function buildRequest(
  { values, parameters, tools }: CallableSettings,
  mode: RunRequest['mode'],
  endpoint: EndpointReference,
  messages: readonly RunMessage[],
): RunRequest {
  const common = { endpoint, parameters, stream: values.stream }
  if (mode === 'complete') return { mode, prompt: messages.at(-1)?.content ?? '', ...common }
  return {
    mode,
    messages: [...messages],
    splitReasoning: values.splitReasoning,
    ...(values.systemPrompt.trim() !== '' && { systemPrompt: values.systemPrompt }),
    ...(tools.length > 0 && { tools: [...tools] }),
    ...common,
  }
}
