import * as v from 'valibot'
import { isConversation } from '../../../protocol/recorded-request.ts'
import { runEventSchema } from '../../../protocol/run-event.ts'
import {
  endpointReferenceSchema,
  runImageSchema,
  runOptionsSchema,
  type RunRequest,
} from '../../../protocol/run-request.ts'
import type { Capture } from '../../../protocol/capture.ts'
import { messagesFor, type SpokenAnswer } from '../tree/messages-for.ts'
import { settingsValuesSchema } from '../settings/settings-values.ts'
import { activePath, type ConversationTree, type Turn } from '../tree/conversation-tree.ts'

const id = v.pipe(v.string(), v.minLength(1), v.maxLength(100))

const answerSchema = v.object({
  id,
  startedAt: v.pipe(v.string(), v.isoTimestamp()),
  /** What was asked stands in the turns. */
  request: runOptionsSchema,
  events: v.array(runEventSchema),
})

const turnSchema = v.object({
  id,
  parentId: v.optional(id),
  follows: v.array(v.nullable(id)),
  prompt: v.optional(v.string()),
  toolResults: v.array(v.object({ toolCallId: v.string(), content: v.string() })),
  images: v.optional(
    v.array(v.object({ format: runImageSchema.entries.format, data: v.optional(runImageSchema.entries.data) })),
  ),
  answers: v.array(v.array(answerSchema)),
  shown: v.array(v.nullable(id)),
  seen: v.pipe(v.number(), v.safeInteger(), v.minValue(0)),
})

/** A conversation as it is kept and exported: everything that was said, without the wire. */
export const keptConversationSchema = v.pipe(
  v.object({
    id,
    mode: v.picklist(['chat', 'complete']),
    savedAt: v.pipe(v.string(), v.isoTimestamp()),
    panes: v.pipe(v.array(endpointReferenceSchema), v.minLength(1), v.maxLength(3)),
    /** Settings of the columns that have their own. */
    settings: v.optional(v.array(v.nullable(settingsValuesSchema))),
    turns: v.pipe(
      v.array(turnSchema),
      v.minLength(1, 'The conversation has no turns.'),
      v.check((turns) => hasParentsFirst(turns), 'Each turn needs its own id, and its parent has to come before it.'),
      v.check((turns) => hasOwnAnswers(turns), 'Each answer needs its own id.'),
    ),
  }),
  v.forward(
    v.check(
      ({ mode, turns }) => turns.every(({ answers }) => answers.flat().every(({ request }) => request.mode === mode)),
      'The answers belong to another kind of conversation.',
    ),
    ['turns'],
  ),
)

export type KeptConversation = v.InferOutput<typeof keptConversationSchema>
export type KeptTurn = v.InferOutput<typeof turnSchema>
export type KeptAnswer = v.InferOutput<typeof answerSchema>

function hasParentsFirst(turns: readonly KeptTurn[]): boolean {
  const known = new Set<string>()
  return turns.every((turn) => {
    if (known.has(turn.id) || (turn.parentId !== undefined && !known.has(turn.parentId))) return false
    known.add(turn.id)
    return true
  })
}

function hasOwnAnswers(turns: readonly KeptTurn[]): boolean {
  const ids = turns.flatMap(({ answers }) => answers.flat().map((answer) => answer.id))
  return new Set(ids).size === ids.length
}

/** An answer in a conversation of the page. */
export interface KeepableAnswer extends SpokenAnswer, Capture {}

/** What is kept of the turns of a conversation. */
export const keptTurns = (tree: ConversationTree<KeepableAnswer>): KeptTurn[] =>
  tree.map(({ id: turnId, parentId, follows, question, answers, shown, seen }) => ({
    id: turnId,
    parentId,
    follows: follows.map((followed) => followed ?? null),
    prompt: question.prompt,
    toolResults: [...question.toolResults],
    ...(question.images !== undefined && { images: [...question.images] }),
    answers: answers.map((versions) => versions.flatMap((answer) => keptAnswer(answer))),
    shown: shown.map((answer) => answer ?? null),
    seen,
  }))

/** The wire takes a hundred times the room of what was said, so that it stays behind; times are kept for the figures. */
function keptAnswer({ id: answerId, startedAt, request, events }: KeepableAnswer): KeptAnswer[] {
  // Calls that were made elsewhere are in no conversation.
  if (!isConversation(request)) return []
  const said = events.filter(({ type }) => type === 'delta' || type === 'end' || type === 'error')
  const options = v.parse(runOptionsSchema, request)
  const answer = { id: answerId, startedAt: startedAt.toISOString(), request: options }
  return [{ ...answer, events: said.map((event) => ({ ...event, value: undefined })) }]
}

/** Brings kept turns back; each answer gets the request that it answered. */
export function restoredTree<Answer extends KeepableAnswer>(
  turns: readonly KeptTurn[],
  restore: (capture: Capture, id: string) => Answer,
): ConversationTree<Answer> {
  const tree: Turn<Answer>[] = []
  for (const [index, kept] of turns.entries()) {
    const turn = placed(kept)
    tree[index] = { ...turn, answers: [] }
    const answers = kept.answers.map((versions, column) =>
      versions.map(({ id: answerId, startedAt, request, events }) => {
        const whole: RunRequest =
          request.mode === 'chat'
            ? { ...request, messages: [...messagesFor(tree, turn.id, column)] }
            : { ...request, prompt: kept.prompt ?? '' }
        return restore({ startedAt: new Date(startedAt), request: whole, events }, answerId)
      }),
    )
    tree[index] = { ...turn, answers }
  }
  return tree
}

/** Kept turns as a tree. */
export const placedTurns = (turns: readonly KeptTurn[]): ConversationTree<KeptAnswer> =>
  turns.map((turn) => placed(turn))

/** A turn with its place in the tree, and the answers as they are kept. */
const placed = ({ prompt, toolResults, images, follows, shown, ...turn }: KeptTurn): Turn<KeptAnswer> => ({
  ...turn,
  parentId: turn.parentId,
  follows: follows.map((followed) => followed ?? undefined),
  question: { prompt, toolResults, ...(images !== undefined && { images }) },
  // Where the answer in view is not there, the latest one takes its place.
  shown: turn.answers.map(
    (versions, column) => (versions.find((answer) => answer.id === shown[column]) ?? versions.at(-1))?.id,
  ),
})

/** The same without the images themselves, for a browser that has no room for them. */
export const withoutImages = (conversation: KeptConversation): KeptConversation => ({
  ...conversation,
  turns: conversation.turns.map((turn) =>
    turn.images === undefined ? turn : { ...turn, images: turn.images.map(({ format }) => ({ format })) },
  ),
})

/** The first prompt in view, by which a conversation is known. */
export const titleOf = ({ turns }: Pick<KeptConversation, 'turns'>): string =>
  activePath(placedTurns(turns))[0]?.turn.question.prompt ?? 'Untitled'
