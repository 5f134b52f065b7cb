import type { ChatMessage, ContentBlock } from '@x/bedrock-like-types'
import { invalidRequest } from '../contract/invalid-request.ts'

/** One turn of a conversation that is text and nothing else. */
export interface PromptTurn {
  readonly role: 'system' | 'user' | 'assistant'
  readonly text: string
}

/**
 * The conversation as plain text. Reasoning of earlier turns is left out, as the models' own templates do.
 *
 * @throws {SagemakerError} `invalid-request` that names a content block which is not text.
 */
export function promptTurns(messages: readonly ChatMessage[]): readonly PromptTurn[] {
  return messages.map(({ role, content = [] }) => {
    if (role === 'tool') throw notText('tool message')
    if (role === undefined) throw invalidRequest('messages: role is missing')
    if (typeof content === 'string') return { role, text: content }
    return { role, text: content.flatMap(textOf).join(role === 'assistant' ? '' : '\n') }
  })
}

function textOf(block: ContentBlock): string | readonly [] {
  if (block.text !== undefined) return block.text
  if (block.reasoningContent !== undefined) return []
  const [member = 'empty block'] = Object.entries(block).find(([, value]) => value !== undefined) ?? []
  throw notText(member)
}

function notText(member: string): Error {
  return invalidRequest(
    `messages: a ${member} cannot be written in a named prompt style, only text can. ` +
      "Use the model's own template instead: messagesToPrompt: chatTemplate(...)",
  )
}

/** A conversation in which user and assistant take turns, beginning with the user. */
export interface AlternatingTurns {
  /** The system messages at the beginning, separated by a blank line; `undefined` without one. */
  readonly system: string | undefined
  /** User, assistant, user, ... */
  readonly turns: readonly PromptTurn[]
}

/**
 * Takes the system messages off the beginning, for styles that know no others.
 *
 * @throws {SagemakerError} `invalid-request` when user and assistant do not take turns.
 */
export function alternatingTurns(all: readonly PromptTurn[], style: string): AlternatingTurns {
  const firstTurn = all.findIndex((turn) => turn.role !== 'system')
  const leading = firstTurn < 0 ? all : all.slice(0, firstTurn)
  const turns = all.slice(leading.length)
  const inTurn = turns.every((turn, index) => turn.role === (index % 2 === 0 ? 'user' : 'assistant'))
  if (turns.length === 0 || !inTurn) {
    throw invalidRequest(
      `messages: the prompt style ${style} wants user and assistant in turn, beginning with user, after the system messages`,
    )
  }
  return { system: leading.length === 0 ? undefined : leading.map((turn) => turn.text).join('\n\n'), turns }
}
