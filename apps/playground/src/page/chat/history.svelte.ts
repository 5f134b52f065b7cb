import * as v from 'valibot'
import { Recording } from '../call/recording.svelte.ts'
import { endpointReferenceSchema, runRequestSchema } from '../../protocol/run-request.ts'
import { runEventSchema } from '../../protocol/run-event.ts'
import type { Conversation } from './conversation.svelte.ts'

const storageKey = 'playground.history.1'
const maxConversations = 50

const answerSchema = v.object({ startedAt: v.string(), request: runRequestSchema, events: v.array(runEventSchema) })
const conversationSchema = v.object({
  id: v.string(),
  mode: v.picklist(['chat', 'complete']),
  savedAt: v.string(),
  panes: v.array(endpointReferenceSchema),
  turns: v.array(
    v.object({
      prompt: v.optional(v.string()),
      toolResults: v.array(v.object({ toolCallId: v.string(), content: v.string() })),
      answers: v.array(v.nullable(answerSchema)),
    }),
  ),
})

/** A conversation as it is kept: what was said, without the wire. */
export type KeptConversation = v.InferOutput<typeof conversationSchema>

/** Earlier conversations, newest first. They are kept in this browser and nowhere else. */
export class History {
  kept: readonly KeptConversation[] = $state.raw(readKept())

  /** Keeps a conversation as it stands; one that is kept already is replaced. */
  keep(conversation: Conversation): void {
    if (conversation.turns.length === 0) return
    const others = this.kept.filter(({ id }) => id !== conversation.id)
    this.#store([keptConversation(conversation), ...others].slice(0, maxConversations))
  }

  forget(id: string): void {
    this.#store(this.kept.filter((kept) => kept.id !== id))
  }

  /** Stores as many as the browser has room for, newest first. */
  #store(conversations: readonly KeptConversation[]): void {
    for (let count = conversations.length; count >= 0; count -= 1) {
      try {
        localStorage.setItem(storageKey, JSON.stringify(conversations.slice(0, count)))
        this.kept = conversations.slice(0, count)
        return
      } catch {
        // Full: the oldest one gives way.
      }
    }
  }
}

function readKept(): readonly KeptConversation[] {
  try {
    const parsed = v.safeParse(v.array(conversationSchema), JSON.parse(localStorage.getItem(storageKey) ?? '[]'))
    return parsed.success ? parsed.output : []
  } catch {
    return []
  }
}

function keptConversation(conversation: Conversation): KeptConversation {
  const turns = conversation.turns.map(({ prompt, toolResults, answers }) => ({
    prompt,
    toolResults: [...toolResults],
    answers: answers.map((answer) => keptAnswer(answer)),
  }))
  const { id, mode } = conversation
  return { id, mode, savedAt: new Date().toISOString(), panes: $state.snapshot(conversation.panes), turns }
}

/** The wire takes a hundred times the room of what was said, so that it stays behind; times are kept for the figures. */
function keptAnswer(answer: Recording | undefined): v.InferOutput<typeof answerSchema> | null {
  // Calls that were made elsewhere are in no conversation.
  if (answer === undefined || answer.request.mode === 'observed') return null
  const { startedAt, request, events } = answer
  const said = events.filter(({ type }) => type === 'delta' || type === 'end' || type === 'error')
  return { startedAt: startedAt.toISOString(), request, events: said.map((event) => ({ ...event, value: undefined })) }
}

/** Brings a kept conversation back into view. */
export function recall(kept: KeptConversation, conversation: Conversation): void {
  const turns = kept.turns.map(({ prompt, toolResults, answers }) => ({
    id: crypto.randomUUID(),
    prompt,
    toolResults,
    answers: answers.map((answer) =>
      answer === null ? undefined : Recording.ofCapture({ ...answer, startedAt: new Date(answer.startedAt) }),
    ),
  }))
  conversation.restore(kept.id, kept.panes, turns)
}
