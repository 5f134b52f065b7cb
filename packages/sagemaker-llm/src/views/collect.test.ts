import type { ChatChunk } from '@x/bedrock-like-types'
import { describe, expect, test } from 'vitest'
import { collect } from './collect.ts'

const response = { attempts: 1, timings: {}, warnings: [] }
const end: ChatChunk = {
  delta: '',
  text: '',
  stopReason: 'end_turn',
  rawStopReason: 'stop',
  response,
  raw: { last: true },
}

async function* stream(...chunks: readonly Partial<ChatChunk>[]): AsyncGenerator<ChatChunk> {
  for (const chunk of chunks) yield { delta: '', text: '', raw: undefined, ...chunk }
}

describe('collect', () => {
  test('puts text, reasoning and tool calls together, in the order in which they can be sent again', async () => {
    const answer = await collect(
      stream(
        { reasoningDelta: 'Let ' },
        { reasoningDelta: 'me see.' },
        { delta: 'Lo' },
        { delta: 'ok:' },
        { toolCallDelta: { index: 0, id: 'a', name: 'f', input: '{"x":' } },
        { toolCallDelta: { index: 1, id: 'b', name: 'g' } },
        { toolCallDelta: { index: 0, input: '1}' } },
        end,
      ),
    )
    expect(answer).toMatchObject({
      text: 'Look:',
      reasoning: 'Let me see.',
      stopReason: 'end_turn',
      rawStopReason: 'stop',
    })
    expect(answer.toolCalls).toEqual([
      { id: 'a', name: 'f', input: { x: 1 }, inputText: '{"x":1}' },
      { id: 'b', name: 'g', input: {}, inputText: '' },
    ])
    expect(answer.message).toEqual({
      role: 'assistant',
      content: [
        { reasoningContent: { reasoningText: { text: 'Let me see.' } } },
        { text: 'Look:' },
        { toolUse: { toolUseId: 'a', name: 'f', input: { x: 1 } } },
        { toolUse: { toolUseId: 'b', name: 'g', input: {} } },
      ],
    })
  })

  test('raw is every value once, also one that made several fragments', async () => {
    const raw = { value: 1 }
    expect((await collect(stream({ delta: 'a', raw }, { delta: 'b', raw }, end))).raw).toEqual([raw, { last: true }])
  })

  test('an answer without text has no text block', async () => {
    expect((await collect(stream(end))).message).toEqual({ role: 'assistant', content: [] })
  })

  test('a stream of fragments without its last one is not an answer', async () => {
    await expect(collect(stream({ delta: 'Hi' }))).rejects.toMatchObject({
      code: 'stream-interrupted',
      partial: { text: 'Hi' },
    })
  })
})
