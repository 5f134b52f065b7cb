import type { TokenUsage } from '@x/bedrock-like-types'
import { countIn, isJsonObject, objectIn } from '../../contract/json-object.ts'
import { tokenUsage } from '../../contract/token-usage.ts'

/** Reads `{ prompt_tokens, completion_tokens, total_tokens }`; other members do not disturb. `undefined` without any count. */
export function openaiUsage(value: unknown): TokenUsage | undefined {
  if (!isJsonObject(value)) return undefined
  const usage = tokenUsage(
    countIn(value, 'prompt_tokens'),
    countIn(value, 'completion_tokens'),
    countIn(value, 'total_tokens'),
  )
  const cached = countIn(objectIn(value, 'prompt_tokens_details'), 'cached_tokens')
  return usage && cached !== undefined ? { ...usage, cacheReadInputTokens: cached } : usage
}
