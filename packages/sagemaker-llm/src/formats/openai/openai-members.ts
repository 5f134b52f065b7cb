import { arrayIn, isJsonObject, type JsonObject, stringIn } from '@x/sagemaker-endpoint/model-kit'
import { unwrapped } from './openai-answer.ts'

/** Members of a chunk that its format does not have, such as vLLM's `stop_reason` and `token_ids`. */
export interface OpenAIMembers {
  readonly value: JsonObject
  readonly choice: JsonObject
}

const none: JsonObject = {}
const ofValue: ReadonlySet<string> = new Set(['id', 'object', 'created', 'model', 'choices', 'usage', 'error'])
const ofChoice: ReadonlySet<string> = new Set([
  'index',
  'delta',
  'message',
  'text',
  'logprobs',
  'finish_reason',
  'usage',
])

/** The members of a container's chunk that are not null and that this package does not write itself; undefined without any. */
export function openaiMembers(value: unknown): OpenAIMembers | undefined {
  const chunk = unwrapped(value)
  const choices = arrayIn(chunk, 'choices')
  if (stringIn(chunk, 'object')?.startsWith('chat.completion') !== true) return undefined
  const members = othersIn(chunk, ofValue)
  const [first] = choices
  const choice = isJsonObject(first) ? othersIn(first, ofChoice) : none
  return members === none && choice === none ? undefined : { value: members, choice }
}

/** The members of consecutive chunks as those of one. */
export function joinedMembers(
  first: OpenAIMembers | undefined,
  next: OpenAIMembers | undefined,
): OpenAIMembers | undefined {
  if (first === undefined || next === undefined) return first ?? next
  return { value: { ...first.value, ...next.value }, choice: { ...first.choice, ...next.choice } }
}

/** Token counts as the container wrote them, if they are in OpenAI's form. */
export function openaiUsageMembers(raw: unknown): JsonObject | undefined {
  return isJsonObject(raw) && typeof raw['prompt_tokens'] === 'number' ? raw : undefined
}

function othersIn(object: JsonObject, known: ReadonlySet<string>): JsonObject {
  let others: Record<string, unknown> | undefined
  for (const name in object) {
    const value = object[name]
    if (value === null || value === undefined || known.has(name)) continue
    others ??= {}
    others[name] = value
  }
  return others ?? none
}
