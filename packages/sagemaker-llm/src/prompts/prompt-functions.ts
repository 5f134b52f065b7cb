import type { ChatMessage, Tool } from '@x/bedrock-like-types'
import type { PromptStyle } from './prompt-styles.ts'

/**
 * What a conversation has in addition to its messages.
 *
 * @public
 */
export interface MessagesToPromptContext {
  /** The tools of the call; empty when it has none. */
  readonly tools: readonly Tool[]
}

/**
 * Writes a conversation as one prompt, for containers that take no messages. The `content` of a message is a string where it is
 * text only, else its blocks; `textOf` gives the text of either.
 *
 * The system prompt is the first message, whether it came with the conversation or from the option `systemPrompt`.
 *
 * @public
 */
export type MessagesToPrompt = (
  messages: readonly ChatMessage[],
  context: MessagesToPromptContext,
) => string | Promise<string>

/**
 * What a prompt has in addition to its text.
 *
 * @public
 */
export interface CompletionToPromptContext {
  /** The option `systemPrompt`; it is not in the prompt yet. */
  readonly systemPrompt: string | undefined
}

/**
 * Wraps the prompt of `complete` and `streamComplete`, such as an instruction for a chat model.
 *
 * @public
 */
export type CompletionToPrompt = (prompt: string, context: CompletionToPromptContext) => string | Promise<string>

/**
 * The function behind the option `messagesToPrompt`: a function as it is, a style by its name. The styles are loaded by the
 * first call to one, so that callers who name none do not pay for them.
 *
 * What it returns for a name rejects with the `SagemakerError`s of `writeInStyle`.
 */
export function messagesToPromptFunction(
  option: MessagesToPrompt | PromptStyle,
  optionName = 'messagesToPrompt',
): MessagesToPrompt {
  if (typeof option === 'function') return option
  return async (messages, { tools }) => {
    const { writeInStyle } = await import('./prompt-styles.ts')
    return writeInStyle(option, messages, tools, optionName)
  }
}

/**
 * The function behind the option `completionToPrompt`: a function as it is; a style by its name writes the prompt as a
 * conversation of one user message; without the option the system prompt stands before the prompt.
 *
 * What it returns for a name rejects with the `SagemakerError`s of `writeInStyle`.
 */
export function completionToPromptFunction(option: CompletionToPrompt | PromptStyle | undefined): CompletionToPrompt {
  if (typeof option === 'function') return option
  if (option === undefined)
    return (prompt, { systemPrompt }) => (systemPrompt ? `${systemPrompt}\n\n${prompt}` : prompt)
  const write = messagesToPromptFunction(option, 'completionToPrompt')
  return (prompt, { systemPrompt }) => {
    const system: readonly ChatMessage[] = systemPrompt === undefined ? [] : [{ role: 'system', content: systemPrompt }]
    return write([...system, { role: 'user', content: prompt }], { tools: [] })
  }
}

/**
 * The conversation with the option `systemPrompt` as its first message. A conversation that has a system message of its
 * own stays as it is, so that there is never more than one.
 */
export function withSystemPrompt(
  messages: readonly ChatMessage[],
  systemPrompt: string | undefined,
): readonly ChatMessage[] {
  if (systemPrompt === undefined || messages.some((message) => message.role === 'system')) return messages
  return [{ role: 'system', content: systemPrompt }, ...messages]
}

/**
 * The text of a message, whose content can be a string or blocks: all text blocks, a line each, those of the assistant together.
 *
 * @public
 */
export function textOf({ role, content = '' }: ChatMessage): string {
  if (typeof content === 'string') return content
  return content.flatMap((block) => block.text ?? []).join(role === 'assistant' ? '' : '\n')
}

/** Messages with a string as their content where it is text only: the form in which most prompts are written. */
export function withPlainContent(messages: readonly ChatMessage[]): readonly ChatMessage[] {
  return messages.map((message) => {
    const { role, content } = message
    if (role === 'tool' || content === undefined || typeof content === 'string') return message
    return content.length > 0 && content.every((block) => block.text !== undefined)
      ? { role, content: textOf(message) }
      : message
  })
}

/** What JavaScript, and templates in it, write for an object within a text. */
const writtenObject = /\[object (?:Map|Object)\]/

/** Whether a prompt has an object written as `[object Object]` that is not quoted from the conversation. */
export function writesObject(prompt: string, messages: readonly unknown[]): boolean {
  return writtenObject.test(prompt) && !writtenObject.test(JSON.stringify(messages))
}
