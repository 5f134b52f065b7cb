import { arrayIn, isJsonObject, type JsonObject } from '@x/sagemaker-endpoint/model-kit'
import { unwrapped } from './openai-answer.ts'

/**
 * The log probabilities of the first choice of an answer or a chunk, as the container wrote them: `{ content, refusal }` of a chat,
 * `{ tokens, token_logprobs, … }` of a completion.
 */
export function openaiLogprobs(value: unknown): JsonObject | undefined {
  const [choice] = arrayIn(unwrapped(value), 'choices')
  const logprobs = isJsonObject(choice) ? choice['logprobs'] : undefined
  return isJsonObject(logprobs) ? logprobs : undefined
}

/** Log probabilities of consecutive tokens as those of one chunk. */
export function joinedLogprobs(first: JsonObject | undefined, next: JsonObject | undefined): JsonObject | undefined {
  if (first === undefined || next === undefined) return first ?? next
  const joined: Record<string, unknown> = { ...first }
  for (const [name, value] of Object.entries(next)) {
    const earlier = joined[name]
    if (Array.isArray(value) && Array.isArray(earlier))
      joined[name] = [...(earlier as unknown[]), ...(value as unknown[])]
    else joined[name] = value ?? earlier
  }
  return joined
}
