import { describe, expect, test } from 'vitest'
import type { AnswerDelta } from '../../contract/answer.ts'
import type { ContentHandler } from '../../contract/content-handler.ts'
import type { ModelCall } from '../../contract/model-call.ts'
import { openai } from '../../handlers/openai.ts'
import { type ToolCallText, ToolCallTextReader, withToolCallText } from './tool-call-text.ts'

interface Read {
  readonly text: string
  readonly calls: readonly object[]
}

function readIn(format: ToolCallText, pieces: readonly string[]): Read {
  const reader = new ToolCallTextReader(format)
  const deltas: AnswerDelta[] = [...pieces.flatMap((piece) => reader.push(piece)), ...reader.end()]
  return {
    text: deltas.map((delta) => (delta.type === 'text' ? delta.text : '')).join(''),
    calls: deltas.flatMap((delta) =>
      delta.type === 'tool-call' ? [{ index: delta.index, name: delta.name, input: delta.input }] : [],
    ),
  }
}

const bern = { index: 0, name: 'get_weather', input: { city: 'Bern' } }
const rome = { index: 1, name: 'get_weather', input: { city: 'Rome' } }
const json = (city: string, member = 'arguments'): string => `{"name": "get_weather", "${member}": {"city": "${city}"}}`

const rows: readonly (readonly [format: ToolCallText, text: string, expected: Partial<Read>])[] = [
  ['hermes', `<tool_call>\n${json('Bern')}\n</tool_call>`, { calls: [bern] }],
  [
    'hermes',
    `Let me look.\n<tool_call>${json('Bern')}</tool_call>\n<tool_call>\n${json('Rome')}</tool_call>\n`,
    { text: 'Let me look.', calls: [bern, rome] },
  ],
  ['hermes', `<tool_call>${json('Bern')}`, { calls: [bern] }],
  ['hermes', `a <tool_call>{"name": </tool_call> b`, { text: 'a <tool_call>{"name": </tool_call> b' }],
  ['hermes', `<tool_call>${json('Bern')}</tool_call> Done.`, { text: ' Done.', calls: [bern] }],
  ['hermes', 'a < b, and <tool', { text: 'a < b, and <tool' }],
  ['llama3', json('Bern', 'parameters'), { calls: [bern] }],
  ['llama3', ` <|python_tag|>${json('Bern', 'parameters')}; ${json('Rome', 'parameters')}`, { calls: [bern, rome] }],
  ['llama3', '{"answer": 42}', { text: '{"answer": 42}' }],
  ['llama3', `It is ${json('Bern')}`, { text: `It is ${json('Bern')}` }],
  ['mistral', `[TOOL_CALLS] [${json('Bern')}, ${json('Rome')}]`, { calls: [bern, rome] }],
  [
    'mistral',
    '[TOOL_CALLS]get_weather{"city": "Bern"}[TOOL_CALLS]get_weather[ARGS]{"city": "Rome"}',
    {
      calls: [
        { ...bern, input: '{"city": "Bern"}' },
        { ...rome, input: '{"city": "Rome"}' },
      ],
    },
  ],
  ['mistral', 'Sure. [TOOL_CALLS] none', { text: 'Sure. [TOOL_CALLS] none' }],
  ['mistral', ' \n', { text: ' \n' }],
]

describe.each(rows)('%s: %j', (format, text, expected) => {
  const all = { text: '', calls: [], ...expected }

  test('is read whole', () => {
    expect(readIn(format, [text])).toEqual(all)
    const answer = withToolCallText({ text }, format)
    expect({ text: answer.text, calls: (answer.toolCalls ?? []).length }).toEqual({
      text: all.text,
      calls: all.calls.length,
    })
  })

  test('is the same at every cut', () => {
    expect(readIn(format, text.split(''))).toEqual(all)
    for (let at = 1; at < text.length; at++) expect(readIn(format, [text.slice(0, at), text.slice(at)])).toEqual(all)
  })
})

test('text that cannot be the beginning of a call is not held back', () => {
  const reader = new ToolCallTextReader('hermes')
  expect(reader.push('Hello, <b')).toEqual([{ type: 'text', text: 'Hello, <b' }])
})

describe('openai({ toolCallText })', () => {
  const tools = [{ toolSpec: { name: 'get_weather', inputSchema: { json: { type: 'object' } } } }]
  const call = { messages: [], temperature: 0, maxNewTokens: 1, stream: true, tools } as const
  const values = [`<tool_call>${json('Bern')}`, '</tool_call>'].map((content) => ({
    choices: [{ index: 0, delta: { content }, finish_reason: null }],
  }))
  const end = { choices: [{ index: 0, delta: {}, finish_reason: 'stop' }] }
  const typesOf = (handler: ContentHandler, modelCall: ModelCall): readonly string[] => {
    const reader = handler.reader(modelCall)
    return [...[...values, end].flatMap((value) => reader.push(value)), ...reader.end()].map(({ type }) => type)
  }

  test('reads calls in the text of a stream', () => {
    expect(typesOf(openai({ toolCallText: 'hermes' }), call)).toEqual(['tool-call', 'stop'])
  })

  test('leaves the text as it is by default, and in a call without tools', () => {
    expect(typesOf(openai(), call)).toEqual(['text', 'text', 'stop'])
    expect(typesOf(openai({ toolCallText: 'hermes' }), { ...call, tools: [] })).toEqual(['text', 'text', 'stop'])
  })

  test('reads calls in the text of a whole answer', () => {
    const message = { content: `<tool_call>${json('Bern')}</tool_call>` }
    const body = { choices: [{ index: 0, message, finish_reason: 'stop' }] }
    expect(openai({ toolCallText: 'hermes' }).answer(body, call)).toMatchObject({ text: '', toolCalls: [bern] })
  })

  test('gives text that was held back before the error of a stream that broke off', () => {
    const reader = openai({ toolCallText: 'hermes' }).reader(call)
    reader.push({ choices: [{ index: 0, delta: { content: '<tool' }, finish_reason: null }] })
    expect(reader.end()).toMatchObject([
      { type: 'text', text: '<tool' },
      { type: 'error', kind: 'interrupted' },
    ])
  })
})
