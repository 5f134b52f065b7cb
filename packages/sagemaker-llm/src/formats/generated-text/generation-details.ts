import type { AnswerDelta } from '../../contract/answer-delta.ts'
import { countIn, isJsonObject, objectIn, stringIn } from '../../contract/json-object.ts'
import { isFailure } from '../../contract/stop-reason.ts'
import { tokenUsage } from '../../contract/token-usage.ts'
import type { ModelCall } from '../../contract/model-call.ts'

/**
 * Reads the `details` that TGI and LMI add to the end of an answer: how it ended, and token counts as far as they are there.
 *
 * @param item - The object that has, or might have, `details`.
 * @param tokensSeen - How many tokens the stream had; `undefined` for a whole answer.
 */
export function generationDetails(item: unknown, call: ModelCall, tokensSeen?: number): readonly AnswerDelta[] {
  const details = objectIn(item, 'details')
  const reason = stringIn(details, 'finish_reason')
  if (isFailure(reason)) return [{ type: 'error', message: failureMessage(item, reason) }]
  const outputTokens = generatedTokens(item, tokensSeen)
  const usage = tokenUsage(countIn(details, 'input_length'), outputTokens)
  // LMI in async mode gives no reason at the limit nor at the natural end: the count tells them apart.
  const silentLimit = reason === undefined && outputTokens !== undefined && outputTokens >= call.maxNewTokens
  return [
    ...(usage ? [{ type: 'usage' as const, usage }] : []),
    { type: 'stop', raw: reason, stopReason: silentLimit ? 'max_tokens' : undefined },
  ]
}

/**
 * LMI in async mode counts one token too many in streams (`completion_tokens + 1`). Known by its `index`, which is that of the
 * choice, 0, where TGI counts tokens from 1; corrected only if the stream really had one token less.
 */
function generatedTokens(item: unknown, tokensSeen: number | undefined): number | undefined {
  const count = countIn(objectIn(item, 'details'), 'generated_tokens')
  const isOneTooMany = tokensSeen !== undefined && countIn(item, 'index') === 0 && count === tokensSeen + 1
  return isOneTooMany ? tokensSeen : count
}

function failureMessage(item: unknown, reason: string | undefined): string {
  const token = objectIn(item, 'token')
  const message = stringIn(item, 'error') ?? stringIn(item, 'error_msg') ?? stringIn(token, 'error_msg')
  return message || `generation ended with "${reason}"`
}

/** Whether an answer has `details`, which only TGI and LMI send, and only when asked. */
export function hasDetails(item: unknown): boolean {
  return isJsonObject(item) && isJsonObject(item['details'])
}
