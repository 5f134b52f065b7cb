import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  activePath,
  addAnswer,
  addTurn,
  addVersion,
  branchAt,
  removeColumn,
  removeTurn,
  saidBefore,
  showAnswer,
  showVersion,
  type ConversationTree,
  type TreeAnswer,
} from './conversation-tree.ts'
import { messagesFor, type SpokenAnswer } from './messages-for.ts'

const asking = (prompt: string) => ({ id: prompt, question: { prompt, toolResults: [] } })
const answer = (id: string): SpokenAnswer => ({ id, text: `text of ${id}`, toolCalls: [] })

/** What is in view: prompts with their answers. */
const view = (tree: ConversationTree<TreeAnswer>): string =>
  activePath(tree)
    .map(({ turn, answers }) => `${turn.question.prompt}: ${answers.map((shown) => shown?.id ?? '-').join(', ')}`)
    .join(' | ')

/** Two turns of one column. */
function twoTurns(): ConversationTree<SpokenAnswer> {
  let tree: ConversationTree<SpokenAnswer> = addTurn([], { ...asking('first'), parentId: undefined })
  tree = addAnswer(tree, 'first', 0, answer('a'))
  tree = addTurn(tree, { ...asking('second'), parentId: 'first' })
  return addAnswer(tree, 'second', 0, answer('b'))
}

describe('a conversation as a tree', () => {
  it('shows turns in the order in which they were asked', () => {
    expect(view(twoTurns())).toBe('first: a | second: b')
  })

  it('keeps the old answer on retry, with what followed it', () => {
    const retried = addAnswer(twoTurns(), 'first', 0, answer('a2'))
    expect(view(retried)).toBe('first: a2')
    expect(retried[0]?.answers[0]?.map(({ id }) => id)).toEqual(['a', 'a2'])
    expect(view(showAnswer(retried, 'first', 0, 'a'))).toBe('first: a | second: b')
  })

  it('gives each answer its own course', () => {
    let tree = addAnswer(twoTurns(), 'first', 0, answer('a2'))
    tree = addTurn(tree, { ...asking('other'), parentId: 'first' })
    expect(view(tree)).toBe('first: a2 | other: ')
    expect(activePath(tree)[1]?.versions).toEqual(['other'])
    expect(view(showAnswer(tree, 'first', 0, 'a'))).toBe('first: a | second: b')
  })

  it('adds an edited prompt as another version, and steps between the two', () => {
    let tree = addVersion(twoTurns(), 'first', asking('edited'))
    tree = addAnswer(tree, 'edited', 0, answer('c'))
    expect(view(tree)).toBe('edited: c')
    expect(activePath(tree)[0]?.versions).toEqual(['first', 'edited'])
    expect(view(showVersion(tree, 'first'))).toBe('first: a | second: b')
    expect(view(showVersion(showVersion(tree, 'first'), 'edited'))).toBe('edited: c')
  })

  it('deletes one version of a turn with what followed, and shows another', () => {
    const tree = addAnswer(addVersion(twoTurns(), 'first', asking('edited')), 'edited', 0, answer('c'))
    expect(view(removeTurn(tree, 'edited'))).toBe('first: a | second: b')
    expect(removeTurn(tree, 'first').map(({ id }) => id)).toEqual(['edited'])
    expect(removeTurn(twoTurns(), 'first')).toEqual([])
  })

  it('knows what was said before a turn, also while another answer is in view', () => {
    const tree = addAnswer(twoTurns(), 'first', 0, answer('a2'))
    expect(saidBefore(tree, 'second', 0).map((said) => said.answer?.id)).toEqual(['a'])
    expect(messagesFor(tree, 'second', 0)).toEqual([
      { role: 'user', content: 'first' },
      { role: 'assistant', content: 'text of a' },
      { role: 'user', content: 'second' },
    ])
  })

  it('leaves out a question that a column has not answered', () => {
    let tree = addAnswer(twoTurns(), 'second', 1, answer('b of the second column'))
    tree = addTurn(tree, { ...asking('third'), parentId: 'second' })
    expect(messagesFor(tree, 'third', 1).map(({ content }) => content)).toEqual([
      'second',
      'text of b of the second column',
      'third',
    ])
  })

  it('keeps columns apart', () => {
    let tree = addAnswer(addTurn([], { ...asking('first'), parentId: undefined }), 'first', 1, answer('right'))
    expect(view(tree)).toBe('first: -, right')
    tree = addAnswer(tree, 'first', 0, answer('left'))
    tree = addTurn(tree, { ...asking('second'), parentId: 'first' })
    expect(tree[1]?.follows).toEqual(['left', 'right'])
    expect(view(addAnswer(tree, 'first', 1, answer('right again')))).toBe('first: left, right again')
    expect(view(removeColumn(tree, 0))).toBe('first: right | second: ')
    expect(removeColumn(tree, 0)[1]?.follows).toEqual(['right'])
  })

  it('keeps a question that builds on no answer in view, whichever answer is', () => {
    let tree = addAnswer(addTurn([], { ...asking('first'), parentId: undefined }), 'first', 0, answer('a'))
    tree = addTurn(tree, { ...asking('second'), parentId: 'first', independent: true })
    expect(view(addAnswer(tree, 'first', 0, answer('a2')))).toBe('first: a2 | second: ')
  })

  it('branches with what is in view, up to a turn', () => {
    const tree = addAnswer(addVersion(twoTurns(), 'second', asking('edited')), 'edited', 0, answer('c'))
    const branch = branchAt(showVersion(tree, 'second'), 'second')
    expect(branch.map(({ id }) => id)).toEqual(['first', 'second'])
    expect(view(branch)).toBe('first: a | second: b')
    expect(view(branchAt(tree, 'first'))).toBe('first: a')
  })

  it('changes nothing for a turn that is not there', () => {
    const tree = twoTurns()
    expect(addVersion(tree, 'no', asking('x'))).toBe(tree)
    for (const change of [addAnswer(tree, 'no', 0, answer('x')), showVersion(tree, 'no'), removeTurn(tree, 'no')])
      expect(change).toEqual(tree)
  })
})

type Step = { readonly kind: number; readonly pick: number; readonly column: number }

const step: fc.Arbitrary<Step> = fc.record({ kind: fc.nat(5), pick: fc.nat(), column: fc.nat(2) })

/** Does anything that the page can do. */
function apply(tree: ConversationTree<SpokenAnswer>, { kind, pick, column }: Step, id: string) {
  const path = activePath(tree)
  const at = path[pick % Math.max(1, path.length)]?.turn
  if (at === undefined || kind === 0) return addTurn(tree, { ...asking(id), parentId: path.at(-1)?.turn.id })
  const versions = at.answers[column] ?? []
  if (kind === 1) return addVersion(tree, at.id, asking(id))
  if (kind === 2) return addAnswer(tree, at.id, column, answer(id))
  if (kind === 3) return showAnswer(tree, at.id, column, versions[pick % Math.max(1, versions.length)]?.id ?? '')
  if (kind === 4) return showVersion(tree, tree[pick % tree.length]?.id ?? '')
  return pick % 4 === 0 ? removeTurn(tree, at.id) : tree
}

describe('any course of a conversation', () => {
  it('keeps parents before children, shows a path from the first turn on, and always has a version in view', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        let tree: ConversationTree<SpokenAnswer> = []
        for (const [index, taken] of steps.entries()) tree = apply(tree, taken, `t${index}`)
        const ids = tree.map(({ id }) => id)
        expect(new Set(ids).size).toBe(ids.length)
        for (const [index, { parentId }] of tree.entries())
          expect(parentId === undefined || ids.indexOf(parentId) < index).toBe(true)
        const path = activePath(tree)
        expect(path.length > 0).toBe(tree.some(({ parentId }) => parentId === undefined))
        for (const [index, { turn, versions }] of path.entries()) {
          expect(turn.parentId).toBe(path[index - 1]?.turn.id)
          expect(versions).toContain(turn.id)
        }
        expect(branchAt(tree, path.at(-1)?.turn.id ?? '')).toHaveLength(path.length)
      }),
    )
  })

  it('never loses an answer but by deleting', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
        let tree: ConversationTree<SpokenAnswer> = []
        let count = 0
        for (const [index, taken] of steps.entries()) {
          if (taken.kind === 5) continue
          const before = answerCount(tree)
          tree = apply(tree, taken, `t${index}`)
          count += answerCount(tree) - before
          expect(answerCount(tree)).toBeGreaterThanOrEqual(before)
        }
        expect(answerCount(tree)).toBe(count)
      }),
    )
  })
})

const answerCount = (tree: ConversationTree<SpokenAnswer>): number =>
  tree.reduce((sum, { answers }) => sum + answers.flat().length, 0)
