import {
  AIMessage,
  type BaseMessage,
  ChatMessage,
  FunctionMessage,
  HumanMessage,
  RemoveMessage,
  SystemMessage,
  ToolMessage,
} from '@langchain/core/messages'
import { expect, test } from 'vitest'
import { modelMessages } from './messages.ts'

const gif = new Uint8Array(Buffer.from('GIF89a\u0001\u0000'))
const base64 = Buffer.from(gif).toString('base64')

test('roles, text and tool calls', () => {
  const messages = [
    new SystemMessage('Be brief.'),
    new ChatMessage('Hello', 'user'),
    new ChatMessage('Hi', 'assistant'),
    new AIMessage({ content: '', tool_calls: [{ id: 'call_1', name: 'add', args: { a: 1 } }] }),
    new ToolMessage({ content: '3', tool_call_id: 'call_1', status: 'error' }),
    new AIMessage(''),
  ]
  expect(modelMessages(messages)).toEqual([
    { role: 'system', content: 'Be brief.' },
    { role: 'user', content: 'Hello' },
    { role: 'assistant', content: 'Hi' },
    { role: 'assistant', content: [{ toolUse: { toolUseId: 'call_1', name: 'add', input: { a: 1 } } }] },
    { role: 'user', content: [{ toolResult: { toolUseId: 'call_1', content: [{ text: '3' }] } }] },
    { role: 'assistant', content: [{ text: '' }] },
  ])
})

test('answers of other providers: reasoning, thinking, refusals, and calls in the content, which are in tool_calls, too', () => {
  const content = [
    { type: 'thinking', thinking: 'Hm.' },
    { type: 'reasoning', reasoning: 'So.' },
    { type: 'text', text: 'Here.' },
    { type: 'tool_use', id: 'call_1', name: 'add', input: {} },
    { type: 'text', text: '' },
    { type: 'refusal', refusal: 'No.' },
  ]
  const message = new AIMessage({ content, tool_calls: [{ id: 'call_1', name: 'add', args: {} }] })
  expect(modelMessages([message])[0]?.content).toEqual([
    { reasoningContent: { reasoningText: { text: 'Hm.' } } },
    { reasoningContent: { reasoningText: { text: 'So.' } } },
    { text: 'Here.' },
    { text: 'No.' },
    { toolUse: { toolUseId: 'call_1', name: 'add', input: {} } },
  ])
})

test.each([
  ['image/gif', 'gif'],
  ['image/jpg', 'jpeg'],
  ['image/*', 'gif'],
  [undefined, 'gif'],
])('the bytes of an image with the media type %s', (mimeType, format) => {
  const message = new HumanMessage({ content: [{ type: 'image', data: base64, mimeType }] })
  expect(modelMessages([message])[0]?.content).toEqual([{ image: { format, source: { bytes: Buffer.from(gif) } } }])
})

test('results of tools that follow one another are one turn', () => {
  const [first, second] = ['call_1', 'call_2'].map((id) => new ToolMessage({ content: id, tool_call_id: id })) as [
    ToolMessage,
    ToolMessage,
  ]
  const result = (id: string) => ({ toolResult: { toolUseId: id, content: [{ text: id }] } })
  expect(modelMessages([first, second, new HumanMessage('Hi'), first])).toEqual([
    { role: 'user', content: [result('call_1'), result('call_2')] },
    { role: 'user', content: 'Hi' },
    { role: 'user', content: [result('call_1')] },
  ])
})

test('an image in the result of a tool', () => {
  const content = [
    { type: 'text', text: 'A chart.' },
    { type: 'image_url', image_url: { url: `data:image/gif;base64,${base64}` } },
  ]
  const message = new ToolMessage({ content, tool_call_id: 'call_1' })
  const image = { format: 'gif', source: { bytes: Buffer.from(gif) } }
  expect(modelMessages([message])[0]?.content).toEqual([
    { toolResult: { toolUseId: 'call_1', content: [{ text: 'A chart.' }, { image }] } },
  ])
})

test.each<[string, BaseMessage]>([
  ['messages[0]: a message of type function cannot be sent', new FunctionMessage({ name: 'add', content: '3' })],
  ['messages[0]: a message of type remove cannot be sent', new RemoveMessage({ id: 'a' })],
  ['messages[0].role: it must be user, assistant or system', new ChatMessage('Hi', 'critic')],
  [
    'messages[0].content[0]: an image needs an address, or the bytes of a GIF, JPEG, PNG or WebP file',
    new HumanMessage({ content: [{ type: 'image', data: 'AAAA', mimeType: 'image/tiff' }] }),
  ],
  [
    'messages[0].content[0]: an image needs an address, or the bytes of a GIF, JPEG, PNG or WebP file',
    new HumanMessage({ content: [{ type: 'image', fileId: 'file-1' }] }),
  ],
  [
    'messages[0].content[0]: input_audio cannot be sent, only text and images can',
    new HumanMessage({ content: [{ type: 'input_audio', input_audio: {} }] }),
  ],
])('%s', (problem, message) => {
  expect(() => modelMessages([message])).toThrow(`invalid-request: ${problem}`)
})
