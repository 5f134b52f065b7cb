import type { Question } from './question.ts'

/** What the tree knows of an answer. */
export interface TreeAnswer {
  readonly id: string
}

/** One version of a prompt, or of the results of tools, and what each column answered. */
export interface Turn<Answer extends TreeAnswer> {
  readonly id: string
  readonly parentId: string | undefined
  /** Ids of the parent's answers that were in view when this was asked, by column. Where there is none, any answer fits. */
  readonly follows: readonly (string | undefined)[]
  readonly question: Question
  /** All answers, oldest first, by column. */
  readonly answers: readonly (readonly Answer[])[]
  /** Id of the answer in view, by column. */
  readonly shown: readonly (string | undefined)[]
  /** Counts up as turns come into view: the version with the highest number is the one in view. */
  readonly seen: number
}

/**
 * A conversation with everything that was ever said in it; parents come before their children. Every change gives a new tree and
 * shares the turns that stay the same.
 */
export type ConversationTree<Answer extends TreeAnswer> = readonly Turn<Answer>[]

/** A turn in view. */
export interface PathStep<Answer extends TreeAnswer> {
  readonly turn: Turn<Answer>
  /** The answer in view, by column. */
  readonly answers: readonly (Answer | undefined)[]
  /** Ids of the versions of this turn, oldest first. */
  readonly versions: readonly string[]
}

/** The turns in view, first one first: after each, the child that fits the answers in view and was seen last. */
export function activePath<Answer extends TreeAnswer>(tree: ConversationTree<Answer>): PathStep<Answer>[] {
  const path: PathStep<Answer>[] = []
  let parent: Turn<Answer> | undefined
  for (;;) {
    const versions = versionsAfter(tree, parent)
    const [first, ...rest] = versions
    if (first === undefined) return path
    const turn = rest.reduce((latest, version) => (version.seen >= latest.seen ? version : latest), first)
    path.push({ turn, answers: shownAnswers(turn, turn.shown), versions: versions.map(({ id }) => id) })
    parent = turn
  }
}

const versionsAfter = <Answer extends TreeAnswer>(
  tree: ConversationTree<Answer>,
  parent: Turn<Answer> | undefined,
): Turn<Answer>[] => tree.filter(({ parentId, follows }) => parentId === parent?.id && fits(follows, parent))

const fits = (follows: Turn<TreeAnswer>['follows'], parent: Turn<TreeAnswer> | undefined): boolean =>
  follows.every((id, column) => id === undefined || parent?.shown[column] === id)

const shownAnswers = <Answer extends TreeAnswer>(
  { answers }: Turn<Answer>,
  ids: readonly (string | undefined)[],
): (Answer | undefined)[] => answers.map((versions, column) => versions.find(({ id }) => id === ids[column]))

/** What was said before a turn: each earlier question with the answer of one column that the turn follows. */
export function saidBefore<Answer extends TreeAnswer>(
  tree: ConversationTree<Answer>,
  turnId: string,
  column: number,
): { readonly question: Question; readonly answer: Answer | undefined }[] {
  const turns = new Map(tree.map((turn) => [turn.id, turn]))
  const said: { question: Question; answer: Answer | undefined }[] = []
  let turn = turns.get(turnId)
  while (turn?.parentId !== undefined) {
    const parent = turns.get(turn.parentId)
    if (parent === undefined) break
    const id = turn.follows[column] ?? parent.shown[column]
    said.push({ question: parent.question, answer: parent.answers[column]?.find((answer) => answer.id === id) })
    turn = parent
  }
  return said.toReversed()
}

export interface NewTurn {
  readonly id: string
  readonly question: Question
}

/**
 * Adds a turn after another, or as the first.
 *
 * @param independent - the question does not build on answers, so that it stays in view whichever of them is.
 */
export function addTurn<Answer extends TreeAnswer>(
  tree: ConversationTree<Answer>,
  { id, question, parentId, independent = false }: NewTurn & Pick<Turn<Answer>, 'parentId'> & { independent?: boolean },
): ConversationTree<Answer> {
  const parent = tree.find((turn) => turn.id === parentId)
  const follows = independent ? [] : (parent?.shown ?? [])
  return [...tree, { id, parentId, follows, question, answers: [], shown: [], seen: nextSeen(tree) }]
}

/** Adds another version of a turn, with its own question and no answers yet. The earlier version keeps what followed it. */
export function addVersion<Answer extends TreeAnswer>(
  tree: ConversationTree<Answer>,
  turnId: string,
  { id, question }: NewTurn,
): ConversationTree<Answer> {
  const original = tree.find((turn) => turn.id === turnId)
  if (original === undefined) return tree
  const { parentId, follows } = original
  return [...tree, { id, parentId, follows, question, answers: [], shown: [], seen: nextSeen(tree) }]
}

/** Adds an answer of a column and shows it. Earlier answers stay, with what followed them. */
export function addAnswer<Answer extends TreeAnswer>(
  tree: ConversationTree<Answer>,
  turnId: string,
  column: number,
  answer: Answer,
): ConversationTree<Answer> {
  return changed(tree, turnId, (turn) => ({
    ...turn,
    answers: replaced(turn.answers, column, [...(turn.answers[column] ?? []), answer], []),
    shown: replaced(turn.shown, column, answer.id, undefined),
  }))
}

/** Brings another answer of a column into view, with what followed it. */
export function showAnswer<Answer extends TreeAnswer>(
  tree: ConversationTree<Answer>,
  turnId: string,
  column: number,
  answerId: string,
): ConversationTree<Answer> {
  return changed(tree, turnId, (turn) =>
    turn.answers[column]?.some(({ id }) => id === answerId) === true
      ? { ...turn, shown: replaced(turn.shown, column, answerId, undefined) }
      : turn,
  )
}

/** Brings another version of a turn into view, with what followed it. */
export function showVersion<Answer extends TreeAnswer>(
  tree: ConversationTree<Answer>,
  turnId: string,
): ConversationTree<Answer> {
  const seen = nextSeen(tree)
  return changed(tree, turnId, (turn) => ({ ...turn, seen }))
}

/** Takes out one version of a turn with all that followed it. */
export function removeTurn<Answer extends TreeAnswer>(
  tree: ConversationTree<Answer>,
  turnId: string,
): ConversationTree<Answer> {
  const removed = new Set<string | undefined>([turnId])
  // Parents come first, so that one pass finds all descendants.
  return tree.filter(({ id, parentId }) => {
    if (removed.has(parentId)) removed.add(id)
    return !removed.has(id)
  })
}

/** Takes out a column with all of its answers. */
export function removeColumn<Answer extends TreeAnswer>(
  tree: ConversationTree<Answer>,
  column: number,
): ConversationTree<Answer> {
  return tree.map((turn) => ({
    ...turn,
    follows: turn.follows.toSpliced(column, 1),
    answers: turn.answers.toSpliced(column, 1),
    shown: turn.shown.toSpliced(column, 1),
  }))
}

/** What is in view up to a turn, and nothing else: the start of another conversation. */
export function branchAt<Answer extends TreeAnswer>(
  tree: ConversationTree<Answer>,
  turnId: string,
): ConversationTree<Answer> {
  const path = activePath(tree)
  const end = path.findIndex(({ turn }) => turn.id === turnId)
  return path.slice(0, end + 1).map(({ turn, answers }) => ({
    ...turn,
    answers: answers.map((answer) => (answer === undefined ? [] : [answer])),
  }))
}

const nextSeen = (tree: ConversationTree<TreeAnswer>): number =>
  tree.reduce((highest, { seen }) => Math.max(highest, seen), 0) + 1

const changed = <Answer extends TreeAnswer>(
  tree: ConversationTree<Answer>,
  turnId: string,
  change: (turn: Turn<Answer>) => Turn<Answer>,
): ConversationTree<Answer> => tree.map((turn) => (turn.id === turnId ? change(turn) : turn))

/** A copy with another item at `index`; what is missing before it is filled. */
const replaced = <Item>(items: readonly Item[], index: number, item: Item, filler: Item): Item[] =>
  Array.from({ length: Math.max(items.length, index + 1) }, (_, at) => (at === index ? item : (items[at] ?? filler)))
