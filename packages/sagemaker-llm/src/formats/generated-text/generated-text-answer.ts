import { type Answer, type AnswerDelta, incompleteStream } from '../../contract/answer.ts'
import { withoutEcho } from '../../contract/echo.ts'
import { arrayIn, countIn, isJsonObject, objectIn, stringIn } from '@x/sagemaker-endpoint/model-kit'
import type { ModelCall } from '../../contract/model-call.ts'
import { isFailure } from '../../contract/stop-reason.ts'
import { modelUsage } from '../../contract/model-usage.ts'

/** Reads a whole answer that has its text as `generated_text` or under a name like it, and perhaps `details`. */
export function generatedTextAnswer(body: unknown, call: ModelCall): Answer {
  const item = firstItem(body)
  const text = generatedText(body)
  const details = generationDetails(item, call)
  const error = details.find((delta) => delta.type === 'error')
  if (error !== undefined) return { text, error }
  if (text === undefined) {
    // A token is a stream that broke off after it, and stands here as if it were a document.
    const isToken = isJsonObject(item) && isJsonObject(item['token'])
    return { error: incompleteStream(isToken ? 'some' : 'foreign', '"generated_text"') }
  }
  const stop = details.find((delta) => delta.type === 'stop')
  const usage = details.find((delta) => delta.type === 'usage')
  return { text, usage: usage?.usage, rawStopReason: stop?.raw, stopReason: stop?.stopReason }
}

/** Reads a whole answer of a script or pipeline, which may send the prompt back before what it generates. */
export function generatedTextWithoutEcho(body: unknown, call: ModelCall): Answer {
  const answer = generatedTextAnswer(body, call)
  return answer.text ? { ...answer, text: withoutEcho(answer.text, call.prompt) } : answer
}

/**
 * Finds the generated text in a whole answer of TGI, LMI, the Hugging Face toolkit or a JumpStart script, which wrap it in
 * up to two arrays and name it differently. Of several texts the first is the answer.
 *
 * `[{ generated_text }]`, `[[{ generated_text }]]`, `{ generated_text }`, `{ generated_texts: [text] }`,
 * `[{ generation: text | { content } }]`, `[{ summary_text }]`, `[{ translation_text }]`, and a conversation
 * (`generated_text: [{ role, content }]`), whose last message is the answer.
 *
 * @returns `undefined` if there is no text where one of these formats has it.
 */
export function generatedText(body: unknown): string | undefined {
  const item = firstItem(body)
  if (!isJsonObject(item)) return undefined
  const conversation = arrayIn(item, 'generated_text').at(-1)
  if (conversation !== undefined) return messageText(conversation)
  const [first] = arrayIn(item, 'generated_texts')
  if (typeof first === 'string') return first
  if (isJsonObject(item['generation'])) return messageText(item['generation'])
  return (
    stringIn(item, 'generated_text') ??
    stringIn(item, 'generation') ??
    stringIn(item, 'summary_text') ??
    stringIn(item, 'translation_text')
  )
}

/** The first item within the arrays that some containers wrap around an answer. */
export function firstItem(body: unknown): unknown {
  let item = body
  while (Array.isArray(item)) item = item[0]
  return item
}

function messageText(message: unknown): string | undefined {
  const parts = arrayIn(message, 'content')
  return parts.length > 0 ? parts.map((part) => stringIn(part, 'text') ?? '').join('') : stringIn(message, 'content')
}

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
  const usage = modelUsage({ inputTokens: countIn(details, 'input_length'), outputTokens }, details)
  // LMI in async mode gives no reason at the limit nor at the natural end: the count tells them apart.
  const limit = call.maxNewTokens ?? Number.POSITIVE_INFINITY
  const silentLimit = reason === undefined && outputTokens !== undefined && outputTokens >= limit
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
