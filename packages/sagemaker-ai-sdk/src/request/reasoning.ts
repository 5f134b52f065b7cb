import type { Warning } from '../contract/stream-part.ts'

/** How a call says how much the model is to reason. */
export interface ReasoningOptions {
  readonly reasoningEffort?: string | undefined
  readonly additionalParameters?: Readonly<Record<string, unknown>> | undefined
  readonly warnings: readonly Warning[]
}

/**
 * The AI SDK's `reasoning` as options of the model.
 *
 * @param effort - the effort in the container's words, which wins.
 * @param reasoningSwitch - the variable of the chat template that turns reasoning on and off.
 */
export function reasoningOptions(
  reasoning: string | undefined,
  effort: string | undefined,
  reasoningSwitch: string | undefined,
): ReasoningOptions {
  if (effort !== undefined) return { reasoningEffort: effort, warnings: [] }
  if (reasoning === undefined || reasoning === 'provider-default') return { warnings: [] }
  if (reasoningSwitch !== undefined) {
    const templateVariables = { [reasoningSwitch]: reasoning !== 'none' }
    return { additionalParameters: { chat_template_kwargs: templateVariables }, warnings: [] }
  }
  if (reasoning !== 'none') return { reasoningEffort: reasoning, warnings: [] }
  const details =
    'reasoning was not turned off: how depends on the chat template of the model; set reasoningSwitch to its variable'
  return { warnings: [{ type: 'unsupported', feature: 'reasoning', details }] }
}
