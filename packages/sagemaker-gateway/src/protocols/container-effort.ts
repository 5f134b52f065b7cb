/** Efforts of OpenAI and Anthropic that containers do not know, by the nearest that they know. */
const nearest: Readonly<Record<string, string>> = { minimal: 'low', xhigh: 'high', max: 'high' }

/** An effort as containers take it. */
export interface ContainerEffort {
  /** What is sent as `reasoning_effort`, if anything is. */
  readonly sent: string | undefined
  readonly warnings: readonly string[]
}

/**
 * The effort that an agent asks for, as containers take it: `low`, `medium` or `high`. There is no word for none that they
 * share: containers may refuse `none`, and most models are kept from thinking by a parameter of their chat template, so it is not sent.
 */
export function containerEffort(asked: string | undefined): ContainerEffort {
  if (asked === undefined) return { sent: undefined, warnings: [] }
  if (asked === 'none') {
    const advice = 'set what the model takes for it in defaults.additionalParameters, such as chat_template_kwargs'
    return {
      sent: undefined,
      warnings: [`no reasoning was asked for, which containers have no common member for: ${advice}`],
    }
  }
  const sent = nearest[asked] ?? asked
  return { sent, warnings: sent === asked ? [] : [`the effort ${asked} was sent as ${sent}`] }
}
