import { describe, expect, it } from 'vitest'
import type { RunEvent } from '../../../protocol/run-event.ts'
import type { RunRequest } from '../../../protocol/run-request.ts'
import { activePath, addAnswer, addTurn, addVersion, type ConversationTree } from '../tree/conversation-tree.ts'
import { messagesFor } from '../tree/messages-for.ts'
import { keptTurns, restoredTree, titleOf, type KeepableAnswer } from './kept-conversation.ts'
import { readConversations, readFirstConversations } from './kept-conversations.ts'

const endpoint = { source: 'local', name: 'demo-llm' } as const
const startedAt = new Date('2026-11-30T10:00:00.000Z')

const said = (text: string): RunEvent[] => [
  { type: 'part', at: 1, start: 0, bytes: 'YQ==' },
  { type: 'delta', at: 2, value: 0, channel: 'text', text },
  { type: 'end', at: 3, stopReason: 'end_turn' },
]

function answering(
  tree: ConversationTree<KeepableAnswer>,
  turnId: string,
  id: string,
): ConversationTree<KeepableAnswer> {
  const messages = [...messagesFor(tree, turnId, 0)]
  const request: RunRequest = {
    mode: 'chat',
    messages,
    systemPrompt: 'Be brief.',
    endpoint,
    parameters: {},
    stream: true,
  }
  const answer = { id, text: `text of ${id}`, toolCalls: [], startedAt, request, events: said(`text of ${id}`) }
  return addAnswer(tree, turnId, 0, answer)
}

const asking = (prompt: string) => ({ id: prompt, question: { prompt, toolResults: [] } })

/** Two versions of the first prompt, of which the first has a second answer, after one that was followed by a turn. */
function branched(): ConversationTree<KeepableAnswer> {
  let tree = answering(addTurn<KeepableAnswer>([], { ...asking('first'), parentId: undefined }), 'first', 'a')
  tree = answering(addTurn(tree, { ...asking('second'), parentId: 'first' }), 'second', 'b')
  tree = answering(tree, 'first', 'a2')
  return answering(addVersion(tree, 'first', asking('edited')), 'edited', 'c')
}

const kept = (turns: unknown = keptTurns(branched())) => ({
  id: 'kept',
  mode: 'chat',
  savedAt: startedAt.toISOString(),
  panes: [endpoint],
  turns,
})

const restore = (capture: { events: readonly RunEvent[] }, id: string): KeepableAnswer =>
  ({ ...capture, id, text: `text of ${id}`, toolCalls: [] }) as unknown as KeepableAnswer

describe('a kept conversation', () => {
  it('comes back as the same tree, each answer with the request that it answered', () => {
    const [read] = readConversations(JSON.stringify([kept()]))
    const tree = restoredTree(read?.turns ?? [], restore)
    expect(activePath(tree).map(({ turn, versions }) => [turn.id, versions])).toEqual([['edited', ['first', 'edited']]])
    expect(tree.find(({ id }) => id === 'second')?.answers[0]?.[0]?.request).toEqual({
      mode: 'chat',
      messages: [
        { role: 'user', content: 'first' },
        { role: 'assistant', content: 'text of a' },
        { role: 'user', content: 'second' },
      ],
      systemPrompt: 'Be brief.',
      endpoint,
      parameters: {},
      stream: true,
    })
    expect(keptTurns(tree)).toEqual(read?.turns)
    expect(titleOf(read ?? { turns: [] })).toBe('edited')
  })

  it('leaves the wire and what was asked behind', () => {
    const text = JSON.stringify(keptTurns(branched()))
    expect(text).not.toContain('"part"')
    expect(text).not.toContain('messages')
  })

  it('shows the latest answer where the one in view is missing', () => {
    const turns = keptTurns(branched()).map((turn) => ({ ...turn, shown: ['gone'] }))
    expect(restoredTree(turns, restore)[0]?.shown).toEqual(['a2'])
  })
})

describe('reading what the browser has kept', () => {
  const turns = keptTurns(branched())

  it.each([
    ['nothing', null],
    ['no JSON', '{{'],
    ['no list', '{"length":3}'],
    ['null', 'null'],
    ['a list of anything', '[1,null,"a",[],{"__proto__":{"turns":[]}}]'],
    ['very deep JSON', '['.repeat(20_000) + ']'.repeat(20_000)],
    ['no panes', JSON.stringify([{ ...kept(), panes: [] }])],
    ['a mode that there is not', JSON.stringify([{ ...kept(), mode: 'observed' }])],
    ['a turn that is its own parent', JSON.stringify([kept(turns.map((turn) => ({ ...turn, parentId: turn.id })))])],
    ['a child before its parent', JSON.stringify([kept(turns.toReversed())])],
    ['a turn twice', JSON.stringify([kept([...turns, ...turns])])],
    ['no turns', JSON.stringify([kept([])])],
    ['an endpoint with a path', JSON.stringify([{ ...kept(), panes: [{ source: 'aws', name: '../x' }] }])],
  ])('takes %s for no conversation', (_, text) => {
    expect(readConversations(text)).toEqual([])
    expect(readFirstConversations(text)).toEqual([])
  })

  it('keeps what is whole beside what is damaged', () => {
    const text = JSON.stringify([kept([{ id: 1 }]), kept(), 'x'])
    expect(readConversations(text).map(({ id }) => id)).toEqual(['kept'])
  })

  it('reads conversations of the first version of the page', () => {
    const request = {
      mode: 'chat',
      messages: [{ role: 'user', content: 'hello' }],
      endpoint,
      parameters: { temperature: 0.7 },
      stream: true,
    }
    const answer = (text: string) => ({ startedAt: startedAt.toISOString(), request, events: said(text) })
    const first = {
      ...kept([
        { prompt: 'hello', toolResults: [], answers: [answer('one'), null] },
        { prompt: 'and now', toolResults: [], answers: [answer('two'), answer('three')] },
      ]),
      panes: [endpoint, endpoint],
    }
    const [read] = readFirstConversations(JSON.stringify([first]))
    const tree = restoredTree(read?.turns ?? [], restore)
    expect(
      activePath(tree).map(({ turn, answers }) => [turn.question.prompt, answers.map((shown) => shown?.id)]),
    ).toEqual([
      ['hello', ['answer-0-0', undefined]],
      ['and now', ['answer-1-0', 'answer-1-1']],
    ])
    expect(tree[1]?.follows).toEqual(['answer-0-0', undefined])
  })
})
