import * as v from 'valibot'
import { runEventSchema } from '../../../protocol/run-event.ts'
import { endpointReferenceSchema, runOptionsSchema } from '../../../protocol/run-request.ts'
import { keptConversationSchema, type KeptConversation } from './kept-conversation.ts'

/** Reads what the browser has kept. What is damaged, or was put there by something else, is left out. */
export function readConversations(text: string | null): KeptConversation[] {
  return listIn(text).flatMap((entry) => parsed(keptConversationSchema, entry))
}

/** Reads what the first version of the page has kept: a list of turns, each with one answer a column. */
export function readFirstConversations(text: string | null): KeptConversation[] {
  return listIn(text)
    .flatMap((entry) => parsed(firstSchema, entry))
    .flatMap((first) => parsed(keptConversationSchema, { ...first, turns: linkedTurns(first) }))
}

function listIn(text: string | null): unknown[] {
  try {
    const value: unknown = JSON.parse(text ?? '[]')
    return Array.isArray(value) ? value : []
  } catch {
    return []
  }
}

function parsed<Schema extends v.GenericSchema>(schema: Schema, value: unknown): v.InferOutput<Schema>[] {
  try {
    const result = v.safeParse(schema, value)
    return result.success ? [result.output] : []
  } catch {
    // Nested too deeply to be walked through.
    return []
  }
}

const firstTurnSchema = v.object({
  prompt: v.optional(v.string()),
  toolResults: v.array(v.object({ toolCallId: v.string(), content: v.string() })),
  answers: v.array(
    v.nullable(v.object({ startedAt: v.string(), request: runOptionsSchema, events: v.array(runEventSchema) })),
  ),
})

const firstSchema = v.object({
  id: v.string(),
  mode: v.picklist(['chat', 'complete']),
  savedAt: v.string(),
  panes: v.array(endpointReferenceSchema),
  turns: v.array(firstTurnSchema),
})

/** The same as a tree that has one branch. */
function linkedTurns({ mode, turns }: v.InferOutput<typeof firstSchema>): unknown[] {
  const answerIds = turns.map(({ answers }, index) =>
    answers.map((answer, column) => (answer === null ? null : `answer-${index}-${column}`)),
  )
  return turns.map(({ answers, ...turn }, index) => ({
    ...turn,
    id: `turn-${index}`,
    ...(index > 0 && { parentId: `turn-${index - 1}` }),
    follows: mode === 'chat' ? (answerIds[index - 1] ?? []) : [],
    answers: answers.map((answer, column) => (answer === null ? [] : [{ ...answer, id: answerIds[index]?.[column] }])),
    shown: answerIds[index],
    seen: index + 1,
  }))
}
