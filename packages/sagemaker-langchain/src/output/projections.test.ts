import { ChatModelStream } from '@langchain/core/language_models/stream'
import type { AIMessageChunk } from '@langchain/core/messages'
import type { ModelPart } from '@x/bedrock-like-types'
import * as fc from 'fast-check'
import { expect, test } from 'vitest'
import type { AnswerMessageChunk } from './answer-message.ts'
import { MessageChunks } from './message-chunks.ts'
import { StreamEvents } from './stream-events.ts'

interface CallBlock {
  readonly kind: 'call'
  readonly id: string
  readonly inputText: string
}
type Block = { readonly kind: 'text' | 'reasoning'; readonly text: string } | CallBlock

const jsonObject = fc.dictionary(fc.string({ maxLength: 5 }), fc.jsonValue({ maxDepth: 1 }), { maxKeys: 3 })
const inputText = fc.oneof(
  jsonObject.map((value) => JSON.stringify(value)),
  // An object as text within JSON.
  jsonObject.map((value) => JSON.stringify(JSON.stringify(value))),
  // Cut off.
  fc.tuple(jsonObject, fc.nat()).map(([value, cut]) => {
    const text = JSON.stringify({ key: 'value', ...value })
    return text.slice(0, 1 + (cut % (text.length - 1)))
  }),
  fc.constant(''),
  fc.constant('[1]'),
)
const block: fc.Arbitrary<Omit<Block, 'id'>> = fc.oneof(
  fc.record({ kind: fc.constantFrom('text' as const, 'reasoning' as const), text: fc.string({ minLength: 1 }) }),
  fc.record({ kind: fc.constant('call' as const), inputText }),
)
const answer = fc.record({
  blocks: fc
    .array(block, { maxLength: 5 })
    .map((blocks) => blocks.map((one, index) => ({ ...one, id: `call_${index}` }) as Block)),
  size: fc.integer({ min: 1, max: 7 }),
})

function pieces(text: string, size: number): readonly string[] {
  return Array.from({ length: Math.ceil(text.length / size) }, (_, index) =>
    text.slice(index * size, (index + 1) * size),
  )
}

/** What the core reads out of arguments. */
function parsed(text: string): unknown {
  try {
    const value: unknown = text === '' ? {} : JSON.parse(text)
    return typeof value === 'string' ? JSON.parse(value) : value
  } catch {
    return undefined
  }
}

function partsOf({ blocks, size }: { readonly blocks: readonly Block[]; readonly size: number }): ModelPart[] {
  const response = { attempts: 1, timings: {}, warnings: [] }
  const usage = { inputTokens: 3, outputTokens: 4, totalTokens: 7, raw: {} }
  return [
    { type: 'start', request: { body: '{}', contentType: 'application/json' }, warnings: [] },
    { type: 'response', response, id: 'chatcmpl-1', modelName: 'served' },
    ...blocks.flatMap((one, index): ModelPart[] => {
      if (one.kind !== 'call') {
        const deltas = pieces(one.text, size).map((text) => ({ type: `${one.kind}-delta` as const, index, text }))
        return [{ type: `${one.kind}-start`, index }, ...deltas, { type: `${one.kind}-end`, index }]
      }
      const call = { index, id: one.id, name: 'tool' }
      const input = parsed(one.inputText)
      return [
        { type: 'tool-call-start', ...call },
        ...pieces(one.inputText, size).map((piece) => ({ type: 'tool-call-delta' as const, index, input: piece })),
        { type: 'tool-call-end', ...call, inputText: one.inputText, input, malformed: input === undefined },
      ]
    }),
    { type: 'finish', stopReason: 'max_tokens', rawStopReason: 'length', usage, response },
  ]
}

function textOf(blocks: readonly Block[], kind: 'text' | 'reasoning'): string {
  return blocks.map((one) => (one.kind === kind ? one.text : '')).join('')
}

function isUsable(text: string): boolean {
  const value = parsed(text)
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

test.each([false, true])(
  'chunks of any answer join to its text, reasoning, tool calls and tokens, as blocks: %s',
  (asBlocks) => {
    fc.assert(
      fc.property(answer, ({ blocks, size }) => {
        const chunks = new MessageChunks(asBlocks)
        const messages = partsOf({ blocks, size }).flatMap((part) => chunks.push(part)?.message as AIMessageChunk)
        const message = messages
          .filter((one) => one !== undefined)
          .reduce((all, one) => all.concat(one)) as AnswerMessageChunk
        const calls = blocks.filter((one) => one.kind === 'call')
        expect(message.text).toBe(textOf(blocks, 'text'))
        const reasoning = message.contentBlocks.map((one) => (one.type === 'reasoning' ? one.reasoning : '')).join('')
        expect(reasoning).toBe(textOf(blocks, 'reasoning'))
        const usable = calls.filter((call) => isUsable(call.inputText))
        const args = usable.map((call) => [call.id, parsed(call.inputText)])
        expect(new Map(message.tool_calls?.map((call) => [call.id, call.args] as const))).toEqual(new Map(args as []))
        const others = calls.filter((call) => !isUsable(call.inputText)).map((call) => [call.id, call.inputText])
        expect(message.invalid_tool_calls?.map((call) => [call.id, call.args])).toEqual(others)
        expect(message.usage_metadata).toMatchObject({ input_tokens: 3, output_tokens: 4, total_tokens: 7 })
        expect(message.response_metadata).toMatchObject({ finish_reason: 'length', model_provider: 'sagemaker' })
      }),
    )
  },
)

test('events of any answer give its blocks, in their order and each under its own number', async () => {
  await fc.assert(
    fc.asyncProperty(answer, async ({ blocks, size }) => {
      const events = new StreamEvents()
      const all = partsOf({ blocks, size }).flatMap((part) => events.push(part))
      const starts = all.flatMap((event) => (event.event === 'content-block-start' ? event.index : []))
      expect(starts).toEqual(blocks.map((_, index) => index))
      const stream = new ChatModelStream(
        (async function* () {
          yield* all
        })(),
      )
      const { content, tool_calls: calls, usage_metadata: usage } = await stream.output
      expect(content).toMatchObject(
        blocks.map((one) => {
          if (one.kind === 'text') return { type: 'text', text: one.text }
          if (one.kind === 'reasoning') return { type: 'reasoning', reasoning: one.text }
          const { id, inputText: args } = one as CallBlock
          return isUsable(args) ? { type: 'tool_call', id } : { type: 'invalid_tool_call', id, args }
        }),
      )
      const usable = blocks.filter((one) => one.kind === 'call' && isUsable(one.inputText))
      expect(calls).toHaveLength(usable.length)
      expect(usage).toMatchObject({ total_tokens: 7 })
    }),
  )
})
