import type { ConverseStreamOutput, ModelUsage } from '@x/bedrock-like-types'
import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import type { AnswerDelta, ToolCallFragment } from '../contract/answer.ts'
import { PartAssembly } from '../parts/part-assembly.ts'
import type { SpinePart } from '../parts/spine-part.ts'
import { ConverseEvents } from './converse-events.ts'

const text = (piece: string): AnswerDelta => ({ type: 'text', text: piece })
const reasoning = (piece: string): AnswerDelta => ({ type: 'reasoning', text: piece })
const tool = (fragment: Omit<ToolCallFragment, 'type'>): AnswerDelta => ({ ...fragment, type: 'tool-call' })
const counts = { inputTokens: 3, outputTokens: 2, totalTokens: 5 }
const usage: ModelUsage = { ...counts, raw: {} }
const response = {
  attempts: 1,
  timings: { durationMs: 12.4 },
  warnings: [{ option: 'seed', message: 'seed was not sent' }],
}

const eventsOf = (
  deltas: readonly AnswerDelta[],
  reported: ModelUsage | null = usage,
  paths?: readonly string[],
): readonly ConverseStreamOutput[] => {
  const parts: SpinePart[] = [{ type: 'raw', value: { id: 'x' } }]
  const assembly = new PartAssembly({ stopSequences: [] })
  for (const delta of [...deltas, ...(reported ? [{ type: 'usage' as const, usage: reported }] : [])]) {
    assembly.beginValue([delta], (part) => parts.push(part))
    if (delta.type !== 'error' && delta.type !== 'foreign') assembly.push(delta, (part) => parts.push(part))
  }
  assembly.end(response, (part) => parts.push(part))
  const events = new ConverseEvents({ additionalModelResponseFieldPaths: paths })
  return parts.flatMap((part) => events.push(part))
}

/** One word per event, which is enough to see the order. */
const inShort = (events: readonly ConverseStreamOutput[]): readonly string[] =>
  events.map((event) => {
    if (event.contentBlockStart) {
      const { contentBlockIndex, start } = event.contentBlockStart
      return `start ${contentBlockIndex} ${start.toolUse?.toolUseId} ${start.toolUse?.name}`
    }
    if (event.contentBlockDelta) {
      const { contentBlockIndex, delta } = event.contentBlockDelta
      if (delta.text !== undefined) return `text ${contentBlockIndex} ${delta.text}`
      if (delta.toolUse !== undefined) return `tool ${contentBlockIndex} ${delta.toolUse.input}`
      return `reasoning ${contentBlockIndex} ${delta.reasoningContent?.text}`
    }
    if (event.contentBlockStop) return `stop ${event.contentBlockStop.contentBlockIndex}`
    return Object.keys(event)[0] ?? ''
  })

/** The tool calls of a stream, put together as its reader does, who trusts that blocks come one after the other. */
const toolCallsIn = (events: readonly ConverseStreamOutput[]): ReadonlyMap<string, string> => {
  const calls = new Map<string, string>()
  let blocks = 0
  let open: string | undefined
  const check = (holds: boolean, index: number): void => {
    if (!holds || index !== blocks) throw new Error(`block ${index} is out of order`)
  }
  for (const { contentBlockStart, contentBlockDelta, contentBlockStop } of events) {
    if (contentBlockStart) {
      check(open === undefined, contentBlockStart.contentBlockIndex)
      open = contentBlockStart.start.toolUse?.toolUseId ?? ''
    } else if (contentBlockDelta) {
      check(open !== undefined, contentBlockDelta.contentBlockIndex)
      calls.set(open ?? '', (calls.get(open ?? '') ?? '') + contentBlockDelta.delta.toolUse?.input)
    } else if (contentBlockStop) {
      check(open !== undefined, contentBlockStop.contentBlockIndex)
      open = undefined
      blocks++
    }
  }
  return calls
}

describe("events in Bedrock's order", () => {
  test('text', () => {
    const events = eventsOf([text('Hel'), text('lo')])
    expect(events.slice(0, -1)).toEqual([
      { messageStart: { role: 'assistant' } },
      { contentBlockDelta: { contentBlockIndex: 0, delta: { text: 'Hel' } } },
      { contentBlockDelta: { contentBlockIndex: 0, delta: { text: 'lo' } } },
      { contentBlockStop: { contentBlockIndex: 0 } },
      { messageStop: { stopReason: 'end_turn' } },
    ])
    const { metadata } = events.at(-1)!
    expect(metadata).toEqual({ usage: counts, metrics: { latencyMs: 12 }, response })
  })

  test('reasoning, text and two tool calls', () => {
    const events = eventsOf([
      reasoning('h'),
      reasoning('m'),
      text('Let me see.'),
      tool({ index: 0, id: 'a', name: 'f', input: '{"x":' }),
      tool({ index: 0, input: '1}' }),
      tool({ index: 1, id: 'b', name: 'g' }),
      tool({ index: 1, input: '{}' }),
    ])
    expect(inShort(events)).toEqual([
      'messageStart',
      'reasoning 0 h',
      'reasoning 0 m',
      'stop 0',
      'text 1 Let me see.',
      'stop 1',
      'start 2 a f',
      'tool 2 {"x":',
      'tool 2 1}',
      'stop 2',
      'start 3 b g',
      'tool 3 {}',
      'stop 3',
      'messageStop',
      'metadata',
    ])
    expect(events.find((event) => event.messageStop)?.messageStop?.stopReason).toBe('tool_use')
  })

  test('an empty answer', () => {
    expect(inShort(eventsOf([]))).toEqual(['messageStart', 'messageStop', 'metadata'])
  })

  test('a tool call without arguments', () => {
    expect(inShort(eventsOf([tool({ index: 0, id: 'a', name: 'f' })]))).toEqual([
      'messageStart',
      'start 0 a f',
      'stop 0',
      'messageStop',
      'metadata',
    ])
  })

  test('text after a tool call is a block of its own', () => {
    expect(inShort(eventsOf([tool({ index: 0, id: 'a', name: 'f', input: '{}' }), text('Done.')]))).toEqual([
      'messageStart',
      'start 0 a f',
      'tool 0 {}',
      'stop 0',
      'text 1 Done.',
      'stop 1',
      'messageStop',
      'metadata',
    ])
  })

  test('usage that was not measured is undefined', () => {
    expect(eventsOf([text('a')], null).at(-1)?.metadata?.usage).toBeUndefined()
  })

  test("fields of the container's own answer are with messageStop", () => {
    const stop = eventsOf([], usage, ['/id']).find((event) => event.messageStop)
    expect(stop?.messageStop).toEqual({ stopReason: 'end_turn', additionalModelResponseFields: { id: 'x' } })
  })
})

describe('fragments of several tool calls mixed up', () => {
  test('a later call waits until the earlier one is complete', () => {
    const events = eventsOf([
      tool({ index: 0, id: 'a', name: 'f', input: '{"x":' }),
      tool({ index: 1, id: 'b', name: 'g', input: '{"y":' }),
      tool({ index: 0, input: '1}' }),
      tool({ index: 1, input: '2}' }),
    ])
    expect(inShort(events)).toEqual([
      'messageStart',
      'start 0 a f',
      'tool 0 {"x":',
      'tool 0 1}',
      'stop 0',
      'start 1 b g',
      'tool 1 {"y":',
      'tool 1 2}',
      'stop 1',
      'messageStop',
      'metadata',
    ])
  })

  test('white space after complete arguments makes no block', () => {
    const events = eventsOf([
      tool({ index: 0, id: 'a', name: 'f', input: '{}' }),
      tool({ index: 1, id: 'b', name: 'g', input: '{}' }),
      tool({ index: 0, input: '\n' }),
    ])
    expect(inShort(events).filter((event) => event.startsWith('start'))).toEqual(['start 0 a f', 'start 1 b g'])
  })

  test('blocks never overlap and nothing is lost, whatever the order', () => {
    const calls = ['{"x":1}', '{"y":[1,2]}', '{"z":"}"}']
    const fragments = fc
      .tuple(...calls.map((input) => fc.uniqueArray(fc.integer({ min: 1, max: input.length - 1 }), { maxLength: 4 })))
      .chain((cuts) => {
        const streams = cuts.map((positions, index) => {
          const bounds = [0, ...positions.toSorted((a, b) => a - b), calls[index]!.length]
          return bounds
            .slice(1)
            .map((end, piece) => ({ index, first: piece === 0, input: calls[index]!.slice(bounds[piece], end) }))
        })
        const order = streams.flatMap((stream) => stream.map(({ index }) => index))
        return fc.shuffledSubarray(order, { minLength: order.length }).map((shuffled) => {
          const queues = streams.map((stream) => [...stream])
          return shuffled.map((index) => queues[index]!.shift()!)
        })
      })
    fc.assert(
      fc.property(fragments, (pieces) => {
        const chunks = pieces.map(({ index, first, input }) =>
          tool({ index, input, ...(first ? { id: `t${index}`, name: `f${index}` } : {}) }),
        )
        expect(toolCallsIn(eventsOf([...chunks]))).toEqual(new Map(calls.map((input, index) => [`t${index}`, input])))
      }),
    )
  })
})
