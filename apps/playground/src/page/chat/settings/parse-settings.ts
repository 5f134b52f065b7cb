import type { GenerationParameters } from '../../../protocol/generation-parameters.ts'
import { missingAbility, type Ability } from '../../../protocol/handler-abilities.ts'
import type {
  EndpointReference,
  RunMessage,
  RunRequest,
  RunTool,
  RunToolChoice,
} from '../../../protocol/run-request.ts'
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
  readonly toolChoice?: RunToolChoice | undefined
  readonly answerSchema?: Record<string, unknown> | undefined
}

/** Reads the form. */
export function parseSettings(values: SettingsValues, mode: RunRequest['mode']): ParsedSettings {
  const { parameters, problem } = parseParameterDrafts(values.drafts)
  if (problem !== undefined) return { problem }
  if (mode === 'complete') return { values, parameters, tools: [] }
  const parsed = parseToolDrafts(values.tools)
  if (parsed.problem !== undefined) return { problem: parsed.problem }
  const { tools } = parsed
  const toolChoice = tools.length === 0 ? undefined : toolChoiceOf(values.toolChoice)
  if (typeof toolChoice === 'object' && tools.every(({ name }) => name !== toolChoice.name))
    return { problem: `There is no tool ${toolChoice.name} to choose.` }
  if (values.answerSchema.trim() === '') return { values, parameters, tools, toolChoice }
  const answerSchema = schemaIn(values.answerSchema)
  return answerSchema === undefined
    ? { problem: 'The schema of the answer is not a JSON object.' }
    : { values, parameters, tools, toolChoice, answerSchema }
}

function toolChoiceOf(text: string): RunToolChoice | undefined {
  if (text === 'auto' || text === 'required' || text === 'none') return text
  return text.startsWith('tool:') ? { name: text.slice('tool:'.length) } : undefined
}

function schemaIn(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text)
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? { ...value } : undefined
  } catch {
    return undefined
  }
}

/** Why an endpoint cannot be asked with these settings, known from its content handler before anything is sent. */
export function endpointProblem(
  endpoint: EndpointReference,
  { tools, answerSchema }: Pick<CallableSettings, 'tools' | 'answerSchema'>,
  hasImages: boolean,
): string | undefined {
  const needed: readonly (Ability | false)[] = [
    hasImages && 'images',
    answerSchema !== undefined && 'schema',
    tools.length > 0 && 'tools',
  ]
  return missingAbility(
    endpoint,
    needed.filter((ability) => ability !== false),
  )
}

/** The call that asks an endpoint. */
export function buildRequest(
  { values, parameters, tools, toolChoice, answerSchema }: CallableSettings,
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
    ...(toolChoice !== undefined && { toolChoice }),
    ...(answerSchema !== undefined && { answerSchema }),
    ...common,
  }
}
