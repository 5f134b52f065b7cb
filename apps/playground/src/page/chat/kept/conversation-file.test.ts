import { describe, expect, it } from 'vitest'
import { ConversationFileError, parseConversation, serializeConversation } from './conversation-file.ts'
import { conversationMarkdown } from './conversation-markdown.ts'
import type { KeptAnswer, KeptConversation } from './kept-conversation.ts'
import { searchConversations } from './search-conversations.ts'

const endpoint = { source: 'local', name: 'demo-llm' } as const
const answer = (id: string, events: KeptAnswer['events']): KeptAnswer => ({
  id,
  startedAt: '2026-11-30T10:00:00.000Z',
  request: { mode: 'chat', endpoint, parameters: { temperature: 0.7 }, stream: true },
  events,
})

const conversation: KeptConversation = {
  id: 'kept',
  mode: 'chat',
  savedAt: '2026-11-30T10:00:00.000Z',
  panes: [endpoint],
  turns: [
    {
      id: 't1',
      follows: [],
      prompt: 'What is the weather\nin Paris?',
      toolResults: [],
      answers: [
        [
          answer('out of view', [{ type: 'delta', at: 1, channel: 'text', text: 'Hidden' }]),
          answer('a1', [
            { type: 'delta', at: 1, channel: 'reasoning', text: 'A tool\n\nknows.' },
            { type: 'delta', at: 2, channel: 'tool', text: '', tool: { index: 0, id: 'c', name: 'get_weather' } },
            { type: 'delta', at: 3, channel: 'tool', text: '{"city":"Paris"}', tool: { index: 0 } },
          ]),
        ],
      ],
      shown: ['a1'],
      seen: 1,
    },
    {
      id: 't2',
      parentId: 't1',
      follows: ['a1'],
      toolResults: [{ toolCallId: 'c', content: 'sunny, ``` and all' }],
      answers: [
        [
          answer('a2', [
            { type: 'delta', at: 1, channel: 'text', text: 'It is **sunny**' },
            {
              type: 'error',
              at: 2,
              code: 'stream-interrupted',
              message: 'The stream\nbroke.',
              retryable: true,
              advice: '',
            },
          ]),
        ],
      ],
      shown: ['a2'],
      seen: 2,
    },
  ],
}

describe('an exported conversation', () => {
  it('comes back as it was, with every version', () => {
    expect(parseConversation(serializeConversation(conversation))).toEqual(conversation)
  })

  const exported = JSON.parse(serializeConversation(conversation)) as object
  const changed = (change: object) => JSON.stringify({ ...exported, conversation: { ...conversation, ...change } })

  it.each([
    ['no JSON', 'hello', 'The file is not JSON.'],
    ['something else', '{"messages":[]}', 'This is not a conversation of the playground.'],
    ['a list', '[]', 'This is not a conversation of the playground.'],
    [
      'a later version',
      JSON.stringify({ ...exported, version: 2 }),
      'At version: this conversation was exported by another version of the playground.',
    ],
    ['nothing said', changed({ turns: [] }), 'At conversation.turns: The conversation has no turns.'],
    [
      'an endpoint that there cannot be',
      changed({ panes: [{ source: 'aws', name: 'a/b' }] }),
      'At conversation.panes.0.name: An endpoint name has 1 to 63 letters, digits and hyphens.',
    ],
    [
      'a turn without its parent',
      changed({ turns: conversation.turns.slice(1) }),
      'At conversation.turns: Each turn needs its own id, and its parent has to come before it.',
    ],
    [
      'one answer twice',
      changed({ turns: conversation.turns.map((turn) => ({ ...turn, answers: [[answer('a', [])]] })) }),
      'At conversation.turns: Each answer needs its own id.',
    ],
    [
      'answers of another mode',
      changed({ mode: 'complete' }),
      'At conversation.turns: The answers belong to another kind of conversation.',
    ],
    [
      'an event that there is not',
      changed({ turns: [{ ...conversation.turns[0], answers: [[answer('a', [{ type: 'alert' } as never])]] }] }),
      /^At conversation\.turns\.0\.answers\.0\.0\.events\.0\.type: /,
    ],
  ])('is refused with what is wrong: %s', (_, text, message) => {
    expect(() => parseConversation(text)).toThrow(ConversationFileError)
    expect(() => parseConversation(text)).toThrow(message)
  })

  it('reads as Markdown, with what is in view', () => {
    expect(conversationMarkdown(conversation)).toBe(
      [
        '# What is the weather in Paris?',
        '## You',
        'What is the weather\nin Paris?',
        '## demo-llm',
        '> A tool\n>\n> knows.',
        'Calls `get_weather`:',
        '```json\n{"city":"Paris"}\n```',
        '## Result of a tool',
        '````\nsunny, ``` and all\n````',
        '## demo-llm',
        'It is **sunny**',
        '**Error** `stream-interrupted`: The stream broke.\n',
      ].join('\n\n'),
    )
  })
})

describe('search in kept conversations', () => {
  it.each([
    ['', true],
    ['  ', true],
    ['PARIS', true],
    ['sunny weather', true],
    ['demo-llm', true],
    ['hidden', true],
    ['sunny London', false],
  ])('for %j', (query, found) => {
    expect(searchConversations([conversation], query)).toEqual(found ? [conversation] : [])
  })
})
