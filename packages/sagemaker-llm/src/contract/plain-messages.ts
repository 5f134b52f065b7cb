import { invalidRequest } from './invalid-request.ts'
import type { ModelMessage } from './model-call.ts'
import { memberOf } from '../formats/openai/openai-tools.ts'

/** A message that is nothing but text. */
export interface PlainMessage {
  readonly role: ModelMessage['role']
  readonly content: string
}

/**
 * Messages as `{ role, content: text }`, for containers that take nothing else. Reasoning of earlier turns is left out.
 *
 * @throws {SagemakerError} `invalid-request` that names the handler and the content block which is not text.
 */
export function plainMessages(messages: readonly ModelMessage[], handlerName: string): readonly PlainMessage[] {
  return messages.map(({ role, content }) => ({
    role,
    content: content
      .filter((block) => block.reasoningContent === undefined)
      .map((block) => {
        if (block.text === undefined)
          throw invalidRequest(`content: ${handlerName} takes text alone, no ${memberOf(block)}`)
        return block.text
      })
      .join('\n'),
  }))
}
