import type { ModelPart, ModelResponseMetadata, StopReason } from '@x/bedrock-like-types'
import { jsonSequenceDone } from '@x/stream-core/decoders'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AnswerDelta } from '../../contract/answer.ts'
import { OpenAIChatChunks, OpenAICompletionChunks } from './openai-chunks.ts'
import { OpenAIReader } from './openai-reader.ts'

const identity = { id: 'chatcmpl-1', created: 1_764_000_000, model: 'my-llama' }
const response: ModelResponseMetadata = { attempts: 1, timings: {}, warnings: [] }
const start: ModelPart = { type: 'start', request: { body: '', contentType: '' }, warnings: [] }
const begun: ModelPart = { type: 'response', response }

function finish(stopReason: StopReason, usage?: { inputTokens: number; outputTokens: number }): ModelPart {
  const counts = usage && { ...usage, totalTokens: usage.inputTokens + usage.outputTokens, raw: {} }
  return { type: 'finish', stopReason, rawStopReason: undefined, usage: counts, response }
}

function chunksOf(parts: readonly ModelPart[], includeUsage = false): readonly object[] {
  const chunks = new OpenAIChatChunks(identity, { includeUsage })
  // As they arrive at a client: undefined members are gone.
  return JSON.parse(JSON.stringify(parts.flatMap((part) => chunks.push(part)))) as readonly object[]
}

const delta = (members: object, finishReason: string | null = null): object => ({
  id: 'chatcmpl-1',
  object: 'chat.completion.chunk',
  created: 1_764_000_000,
  model: 'my-llama',
  choices: [{ index: 0, delta: members, logprobs: null, finish_reason: finishReason }],
})

describe('the chunks of a chat completion', () => {
  test('text: the role first, the finish reason last', () => {
    const parts: readonly ModelPart[] = [
      start,
      begun,
      { type: 'text-start', index: 0 },
      { type: 'text-delta', index: 0, text: 'Hi' },
      { type: 'text-end', index: 0 },
      finish('end_turn'),
    ]
    const role = delta({ role: 'assistant', content: '' })
    expect(chunksOf(parts)).toEqual([role, delta({ content: 'Hi' }), delta({}, 'stop')])
  })

  test('the role comes with the response, before anything is generated', () => {
    expect(chunksOf([start])).toEqual([])
    expect(chunksOf([start, begun])).toEqual([delta({ role: 'assistant', content: '' })])
  })

  test('parallel tool calls have their own index, and id and name only once', () => {
    const parts: readonly ModelPart[] = [
      begun,
      { type: 'reasoning-delta', index: 0, text: 'Hm.' },
      { type: 'tool-call-start', index: 1, id: 'a', name: 'f' },
      { type: 'tool-call-delta', index: 1, input: '{"x":1}' },
      { type: 'tool-call-start', index: 2, id: 'b', name: 'g' },
      { type: 'tool-call-end', index: 1, id: 'a', name: 'f', inputText: '{"x":1}', input: { x: 1 }, malformed: false },
      { type: 'tool-call-end', index: 2, id: 'b', name: 'g', inputText: '', input: {}, malformed: false },
      finish('tool_use'),
    ]
    const call = (members: object): object => delta({ tool_calls: [members] })
    expect(chunksOf(parts).slice(1)).toEqual([
      delta({ reasoning_content: 'Hm.' }),
      call({ index: 0, id: 'a', type: 'function', function: { name: 'f', arguments: '' } }),
      call({ index: 0, function: { arguments: '{"x":1}' } }),
      call({ index: 1, id: 'b', type: 'function', function: { name: 'g', arguments: '' } }),
      call({ index: 1, function: { arguments: '{}' } }),
      delta({}, 'tool_calls'),
    ])
  })

  test('token counts have a chunk of their own, if they are asked for and known', () => {
    const known = finish('max_tokens', { inputTokens: 5, outputTokens: 2 })
    const usage = { prompt_tokens: 5, completion_tokens: 2, total_tokens: 7 }
    expect(chunksOf([begun, known], true).at(-1)).toEqual({ ...delta({}), choices: [], usage })
    expect(chunksOf([begun, known]).at(-1)).toEqual(delta({}, 'length'))
    expect(chunksOf([begun, finish('end_turn')], true).at(-1)).toEqual(delta({}, 'stop'))
  })

  test('whatever is written is read as it was', () => {
    const piece = fc.string({ minLength: 1, maxLength: 8 })
    const block = fc.oneof(
      fc.record({
        type: fc.constantFrom('text' as const, 'reasoning' as const),
        pieces: fc.array(piece, { minLength: 1 }),
      }),
      fc.record({ type: fc.constant('tool' as const), pieces: fc.array(piece) }),
    )
    fc.assert(
      fc.property(fc.array(block, { minLength: 1, maxLength: 6 }), (blocks) => {
        const parts = blocks.flatMap(({ type, pieces }, index): readonly ModelPart[] => {
          if (type !== 'tool') return pieces.map((text) => ({ type: `${type}-delta`, index, text }))
          const call = { index, id: `call_${index}`, name: `tool_${index}` }
          return [
            { type: 'tool-call-start', ...call },
            ...pieces.map((input) => ({ type: 'tool-call-delta' as const, index, input })),
            { type: 'tool-call-end', ...call, inputText: pieces.join(''), input: {}, malformed: false },
          ]
        })
        const reader = new OpenAIReader({ temperature: undefined, maxNewTokens: undefined, stream: true, prompt: '' })
        const chunks = chunksOf([begun, ...parts, finish('end_turn')])
        const deltas = [...chunks, jsonSequenceDone].flatMap((chunk): readonly AnswerDelta[] => reader.push(chunk))
        const joined = (type: string): string =>
          deltas.map((each) => (each.type === type && 'text' in each ? each.text : '')).join('')
        const wanted = (type: string): string =>
          blocks.map((each) => (each.type === type ? each.pieces.join('') : '')).join('')
        expect(joined('text')).toBe(wanted('text'))
        expect(joined('reasoning')).toBe(wanted('reasoning'))
        const inputs: string[] = []
        for (const each of deltas) {
          if (each.type !== 'tool-call' || typeof each.input !== 'string') continue
          inputs[each.index ?? 0] = (inputs[each.index ?? 0] ?? '') + each.input
        }
        const tools = blocks.filter((each) => each.type === 'tool')
        expect(inputs).toEqual(tools.map((each) => each.pieces.join('') || '{}'))
        expect(reader.end()).toEqual([])
      }),
    )
  })
})

test('the chunks of a completion name their prompt', () => {
  const chunks = new OpenAICompletionChunks(identity, {}, 1)
  expect(chunks.push({ type: 'text-delta', index: 0, text: 'Hi' })).toMatchObject([
    { object: 'text_completion', choices: [{ index: 1, text: 'Hi', finish_reason: null }] },
  ])
  expect(chunks.push(finish('stop_sequence'))).toMatchObject([
    { choices: [{ index: 1, text: '', finish_reason: 'stop' }] },
  ])
})
