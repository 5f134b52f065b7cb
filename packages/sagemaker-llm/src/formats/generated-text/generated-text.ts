import { arrayIn, isJsonObject, stringIn } from '../../contract/json-object.ts'

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
