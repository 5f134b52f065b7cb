import type { RunMessage } from '../../../protocol/run-request.ts'
import { saidBefore, type ConversationTree, type TreeAnswer } from './conversation-tree.ts'
import type { Question } from './question.ts'

/** An answer that a conversation can go on from. */
export interface SpokenAnswer extends TreeAnswer {
  readonly text: string
  /** `input` is JSON text. */
  readonly toolCalls: readonly { readonly id: string; readonly name: string; readonly input: string }[]
}

/** The messages that ask one column a turn's question: all that was said before, and the question. */
export function messagesFor(
  tree: ConversationTree<SpokenAnswer>,
  turnId: string,
  column: number,
): readonly RunMessage[] {
  const asked = tree.find(({ id }) => id === turnId)
  const before = saidBefore(tree, turnId, column).flatMap(({ question, answer }) => exchange(question, answer))
  return asked === undefined ? before : [...before, ...questionMessages(asked.question)]
}

export function questionMessages({ prompt, toolResults, images = [] }: Question): RunMessage[] {
  const sent = images.flatMap(({ format, data }) => (data === undefined ? [] : [{ format, data }]))
  if (prompt !== undefined) return [{ role: 'user', content: prompt, ...(sent.length > 0 && { images: sent }) }]
  return toolResults.map(({ toolCallId, content }) => ({ role: 'tool', toolCallId, content }))
}

/** A question that got nothing to build on is left out together with its answer. */
function exchange(question: Question, answer: SpokenAnswer | undefined): RunMessage[] {
  if (answer === undefined || (answer.text === '' && answer.toolCalls.length === 0)) return []
  const toolCalls = answer.toolCalls.map(({ id, name, input }) => ({ id, name, input: parseInput(input) }))
  const reply: RunMessage = { role: 'assistant', content: answer.text, ...(toolCalls.length > 0 && { toolCalls }) }
  return [...questionMessages(question), reply]
}

function parseInput(input: string): unknown {
  try {
    return input === '' ? {} : JSON.parse(input)
  } catch {
    return input
  }
}
