import type { LanguageModelV4CallOptions, LanguageModelV4StreamPart } from '@ai-sdk/provider'
import { disconnect, part, parts, type ScriptedAnswer, stream } from '@x/sagemaker-local'
import { openai } from '@x/sagemaker-llm'
import { describe, expect, test } from 'vitest'
import {
  failure,
  finish,
  names,
  reasoning,
  start,
  text,
  toolCall,
  toolInput,
  used,
} from './__fixtures__/expected-parts.ts'
import { chunk, events, openaiNames, role, toolFragment, usageChunk } from './__fixtures__/wire.ts'
import type { SagemakerLanguageModelSettings } from './contract/settings.ts'
import { hosts } from './test-support/hosts.ts'
import { streamedParts } from './test-support/read-parts.ts'
import { scriptedEndpoint } from './test-support/scripted-endpoint.ts'

interface Case {
  readonly name: string
  readonly call?: Partial<LanguageModelV4CallOptions>
  readonly settings?: SagemakerLanguageModelSettings
  readonly answer: ScriptedAnswer
  readonly parts: readonly LanguageModelV4StreamPart[]
}

const f = { type: 'function', name: 'f', inputSchema: { type: 'object' } } as const
const schema = { type: 'object', properties: { a: { type: 'number' } } } as const
const json = { responseFormat: { type: 'json', schema } } as const
const counts = { prompt_tokens: 2, completion_tokens: 3, total_tokens: 5 }
const begin = [start(), names(openaiNames)]
const said = (...values: readonly unknown[]): ScriptedAnswer => stream(parts(events(...values), { size: 50 }))

const cases: readonly Case[] = [
  {
    name: 'an empty answer has no block',
    answer: said(role, chunk({ content: '' }), chunk({}, 'stop'), '[DONE]'),
    parts: [...begin, finish('stop', 'stop', 'end_turn')],
  },
  {
    name: 'text, reasoning and text are three blocks',
    answer: said(
      chunk({ content: 'Hm: ' }),
      chunk({ reasoning: 'Think.' }),
      chunk({ content: 'Four.' }),
      chunk({}, 'stop'),
      '[DONE]',
    ),
    parts: [
      ...begin,
      ...text(0, 'Hm: '),
      ...reasoning(1, 'Think.'),
      ...text(2, 'Four.'),
      finish('stop', 'stop', 'end_turn'),
    ],
  },
  {
    name: 'reasoning between tags at the beginning is reasoning',
    answer: said(
      chunk({ content: '<thi' }),
      chunk({ content: 'nk>The user' }),
      chunk({ content: ' asks.</think>\n\nFour' }),
      chunk({ content: '.' }, 'stop'),
      '[DONE]',
    ),
    parts: [
      ...begin,
      ...reasoning(0, 'The user', ' asks.'),
      ...text(1, 'Four', '.'),
      finish('stop', 'stop', 'end_turn'),
    ],
  },
  {
    name: 'text without tags is not held back',
    answer: said(chunk({ content: 'F' }), chunk({ content: 'our' }), chunk({}, 'stop'), '[DONE]'),
    parts: [...begin, ...text(0, 'F', 'our'), finish('stop', 'stop', 'end_turn')],
  },
  {
    name: 'a call without arguments has an empty object',
    call: { tools: [f] },
    answer: said(toolFragment(0, { name: 'f', arguments: '' }, { id: 'a' }), chunk({}, 'tool_calls'), '[DONE]'),
    parts: [...begin, ...toolCall('a', 'f'), finish('tool-calls', 'tool_calls', 'tool_use')],
  },
  {
    name: 'a call that was cut off at the limit is none',
    call: { tools: [f] },
    answer: said(toolFragment(0, { name: 'f', arguments: '{"city": "Bo' }, { id: 'a' }), chunk({}, 'length'), '[DONE]'),
    parts: [...begin, ...toolInput('a', 'f', '{"city": "Bo'), finish('length', 'length', 'max_tokens')],
  },
  {
    name: 'a call whose arguments are no JSON is given as it is, so that the SDK can repair it',
    call: { tools: [f] },
    answer: said(
      toolFragment(0, { name: 'f', arguments: '{"city": Bo}' }, { id: 'a' }),
      chunk({}, 'tool_calls'),
      '[DONE]',
    ),
    parts: [
      ...begin,
      ...toolInput('a', 'f', '{"city": Bo}'),
      { type: 'tool-call', toolCallId: 'a', toolName: 'f', input: '{"city": Bo}' },
      finish('error', 'tool_calls', 'malformed_tool_use'),
    ],
  },
  {
    name: 'an error of the container within the stream',
    answer: said(role, chunk({ content: 'It’s' }), {
      error: { message: 'CUDA', type: 'InternalServerError', code: 500 },
    }),
    parts: [
      ...begin,
      { type: 'text-start', id: '0' },
      { type: 'text-delta', id: '0', delta: 'It’s' },
      { type: 'text-end', id: '0' },
      ...failure({ name: 'AI_APICallError', statusCode: 500, cause: expect.objectContaining({ code: 'model-error' }) }),
    ],
  },
  {
    name: 'a connection that breaks within reasoning',
    answer: stream([part(events(role, chunk({ reasoning: 'Hm' }))), disconnect()]),
    parts: [
      ...begin,
      ...reasoning(0, 'Hm'),
      ...failure({ name: 'AI_APICallError', cause: expect.objectContaining({ code: 'stream-interrupted' }) }),
    ],
  },
  {
    name: 'a stream that just ends is an error and never a stop',
    answer: said(role, chunk({ content: 'It' })),
    parts: [
      ...begin,
      ...text(0, 'It'),
      ...failure({
        cause: expect.objectContaining({
          code: 'stream-interrupted',
          partial: expect.objectContaining({ text: 'It' }) as unknown,
        }),
      }),
    ],
  },
  {
    name: 'a connection that breaks within a tool call closes its input and makes no call',
    call: { tools: [f] },
    answer: stream([part(events(toolFragment(0, { name: 'f', arguments: '{"a' }, { id: 'a' }))), disconnect()]),
    parts: [
      ...begin,
      ...toolInput('a', 'f', '{"a'),
      ...failure({ cause: expect.objectContaining({ code: 'stream-interrupted' }) }),
    ],
  },
  {
    name: 'raw chunks come before their parts, all of them, also those that make no part',
    call: { includeRawChunks: true },
    answer: said(role, chunk({ content: 'Hi' }), chunk({}, 'stop'), usageChunk(counts), '[DONE]'),
    parts: [
      ...begin,
      { type: 'raw', rawValue: role },
      { type: 'raw', rawValue: chunk({ content: 'Hi' }) },
      { type: 'text-start', id: '0' },
      { type: 'text-delta', id: '0', delta: 'Hi' },
      { type: 'raw', rawValue: chunk({}, 'stop') },
      { type: 'raw', rawValue: usageChunk(counts) },
      { type: 'text-end', id: '0' },
      finish('stop', 'stop', 'end_turn', used(2, 3, counts)),
    ],
  },
  {
    name: 'a stop sequence that the container names',
    call: { stopSequences: ['###'] },
    answer: said(chunk({ content: 'A' }), chunk({}, 'stop', { stop_reason: '###' }), '[DONE]'),
    parts: [...begin, ...text(0, 'A'), finish('stop', 'stop', 'stop_sequence', undefined, { stopSequence: '###' })],
  },
  {
    name: 'a content filter',
    answer: said(chunk({ content: 'A' }), chunk({}, 'content_filter'), '[DONE]'),
    parts: [...begin, ...text(0, 'A'), finish('content-filter', 'content_filter', 'content_filtered')],
  },
  {
    name: 'the arguments of the tool for JSON are the text',
    settings: { jsonOutput: 'tool' },
    call: json,
    answer: said(
      toolFragment(0, { name: 'json', arguments: '{"a"' }, { id: 'a' }),
      toolFragment(0, { arguments: ':1}' }),
      chunk({}, 'tool_calls'),
      '[DONE]',
    ),
    parts: [...begin, ...text(0, '{"a"', ':1}'), finish('stop', 'tool_calls', 'tool_use')],
  },
  {
    name: 'a connection that breaks within JSON from a tool closes the text',
    settings: { jsonOutput: 'tool' },
    call: json,
    answer: stream([part(events(toolFragment(0, { name: 'json', arguments: '{"a"' }, { id: 'a' }))), disconnect()]),
    parts: [
      ...begin,
      ...text(0, '{"a"'),
      ...failure({ cause: expect.objectContaining({ code: 'stream-interrupted' }) }),
    ],
  },
]

const it = scriptedEndpoint()

describe.each(hosts)('in specification $version', ({ createSagemaker }) => {
  test.each(cases)('$name', async ({ settings, call, answer, parts: expected }) => {
    const model = createSagemaker(it.runtime.connection)('it', { contentHandler: openai(), ...settings })
    it.answer(answer)
    expect(await streamedParts(model, call)).toEqual(expected)
  })
})
