import { isRecord } from './answer-shape.ts'

/** How many tokens the container says the texts had; `undefined` when it does not say, never a guess. */
export function reportedTokens(body: unknown): number | undefined {
  const tokens =
    member(member(body, 'usage'), 'prompt_tokens') ??
    member(member(body, 'usage'), 'total_tokens') ??
    member(member(member(body, 'meta'), 'billed_units'), 'input_tokens') ??
    member(body, 'inputTextTokenCount')
  return typeof tokens === 'number' ? tokens : undefined
}

function member(value: unknown, name: string): unknown {
  return isRecord(value) ? value[name] : undefined
}
