import type { ToolResultBlock } from '@x/bedrock-like-types'
import { invalidRequest } from './invalid-request.ts'
import type { ModelMessage } from './model-call.ts'

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

/** The content of a tool result as text, JSON values as JSON. */
export function toolResultText({ content = [] }: ToolResultBlock): string {
  return content
    .map((block) => {
      if (block.text !== undefined) return block.text
      if (block.json !== undefined) return JSON.stringify(block.json)
      throw invalidRequest(`toolResult.content: ${memberOf(block)} cannot be sent, only text and json can`)
    })
    .join('\n')
}

/** The name of the member that a union value has. */
export function memberOf(value: object): string {
  const [name = 'nothing', member] = Object.entries(value).find((entry) => entry[1] !== undefined) ?? []
  return name === '$unknown' && Array.isArray(member) ? String(member[0]) : name
}
