import { describe, expect, test } from 'vitest'
import type { ToolCallFragment } from '../contract/answer.ts'
import type { SpinePart } from './spine-part.ts'
import { mostToolCalls, ToolCallAssembler } from './tool-calls.ts'

function assembler(): ToolCallAssembler {
  let blocks = 0
  let count = 0
  return new ToolCallAssembler({ nextIndex: () => blocks++, generateId: () => `made_${count++}` })
}

/** The parts of a fragment, which is a value. */
function pushed(calls: ToolCallAssembler, fragment: Omit<ToolCallFragment, 'type'>): readonly SpinePart[] {
  const parts: SpinePart[] = []
  const emit = (part: SpinePart): unknown => parts.push(part)
  const delta = { ...fragment, type: 'tool-call' as const }
  calls.beginValue([delta], emit)
  calls.push(delta, emit)
  return parts
}

function partsOf(fragments: readonly Omit<ToolCallFragment, 'type'>[]): readonly SpinePart[] {
  const calls = assembler()
  const parts = fragments.flatMap((fragment) => pushed(calls, fragment))
  calls.end((part) => parts.push(part))
  return parts
}

function assemble(fragments: readonly Omit<ToolCallFragment, 'type'>[]): {
  toolCalls: ToolCallAssembler['toolCalls']
  malformed: boolean
} {
  const calls = assembler()
  for (const fragment of fragments) pushed(calls, fragment)
  calls.end(() => {})
  return { toolCalls: calls.toolCalls, malformed: calls.isMalformed }
}

describe('ToolCallAssembler', () => {
  test('fragments of one call are put together by their index', () => {
    const { toolCalls, malformed } = assemble([
      { index: 0, id: 'a', name: 'weather', input: '' },
      { index: 0, input: '{"city": ' },
      { index: 1, id: 'b', name: 'weather', input: '{"city":"Paris"}' },
      { index: 0, input: '"Boston"}' },
    ])
    expect(toolCalls).toEqual([
      { id: 'a', name: 'weather', input: { city: 'Boston' }, inputText: '{"city": "Boston"}' },
      { id: 'b', name: 'weather', input: { city: 'Paris' }, inputText: '{"city":"Paris"}' },
    ])
    expect(malformed).toBe(false)
  })

  test('a call starts with id and name, and goes on with its arguments', () => {
    const calls = assembler()
    expect(pushed(calls, { index: 3, id: 'a', name: 'f' })).toEqual([
      { type: 'tool-call-start', index: 0, id: 'a', name: 'f' },
    ])
    expect(pushed(calls, { index: 3, id: 'a', name: null, input: '{"x"' })).toEqual([
      { type: 'tool-call-delta', index: 0, input: '{"x"' },
    ])
    expect(pushed(calls, { index: 3, name: 'f' })).toEqual([])
  })

  test('arguments that come before the name wait for it', () => {
    const calls = assembler()
    expect(pushed(calls, { index: 0, input: '{"a"' })).toEqual([])
    expect(pushed(calls, { index: 0, name: 'f', input: ':1}' })).toEqual([
      { type: 'tool-call-start', index: 0, id: 'made_0', name: 'f' },
      { type: 'tool-call-delta', index: 0, input: '{"a":1}' },
      {
        type: 'tool-call-end',
        index: 0,
        id: 'made_0',
        name: 'f',
        inputText: '{"a":1}',
        input: { a: 1 },
        malformed: false,
      },
    ])
  })

  test('a call ends as soon as its arguments are complete, also beside others', () => {
    const calls = assembler()
    pushed(calls, { index: 0, id: 'a', name: 'f', input: '{"x":"}"' })
    pushed(calls, { index: 1, id: 'b', name: 'g', input: '{' })
    expect(pushed(calls, { index: 0, input: '}\n' }).map(({ type }) => type)).toEqual([
      'tool-call-delta',
      'tool-call-end',
    ])
    expect(pushed(calls, { index: 1, input: '}' }).at(-1)).toMatchObject({ type: 'tool-call-end', input: {} })
  })

  test('`{}` in the first fragment is held until the next value shows whether it was a placeholder', () => {
    const start = { index: 0, id: 'a', name: 'f', input: '{}' }
    const replaced = partsOf([start, { index: 0, input: '{"x":' }, { index: 0, input: '1}' }])
    expect(replaced.at(-1)).toMatchObject({ inputText: '{"x":1}', input: { x: 1 }, malformed: false })
    const kept = partsOf([start, { index: 1, id: 'b', name: 'g', input: '{"y":2}' }])
    expect(kept.map(({ type }) => type).slice(0, 4)).toEqual([
      'tool-call-start',
      'tool-call-delta',
      'tool-call-end',
      'tool-call-start',
    ])
    expect(partsOf([start]).at(-1)).toMatchObject({ type: 'tool-call-end', inputText: '{}', input: {} })
  })

  test('no arguments stay no text, and are an empty object', () => {
    expect(partsOf([{ index: 0, id: 'a', name: 'now', input: '' }])).toEqual([
      { type: 'tool-call-start', index: 0, id: 'a', name: 'now' },
      { type: 'tool-call-end', index: 0, id: 'a', name: 'now', inputText: '', input: {}, malformed: false },
    ])
  })

  test('arguments that are a string which holds an object are read once more', () => {
    const inputText = JSON.stringify('{"x":1}')
    expect(partsOf([{ index: 0, id: 'a', name: 'f', input: inputText }]).at(-1)).toMatchObject({
      inputText,
      input: { x: 1 },
      malformed: false,
    })
  })

  test('arguments that are not JSON have no value, and their text', () => {
    expect(partsOf([{ index: 0, id: 'a', name: 'f', input: '{"city": "Bos' }]).at(-1)).toMatchObject({
      inputText: '{"city": "Bos',
      input: undefined,
      malformed: true,
    })
  })

  test('text after complete arguments makes the answer malformed, white space does not', () => {
    const complete = { index: 0, id: 'a', name: 'f', input: '{"x":1}' }
    expect(assemble([complete, { index: 0, input: ' \n' }]).malformed).toBe(false)
    expect(assemble([complete, { index: 0, input: ',' }]).malformed).toBe(true)
  })

  test('a delta never ends within a surrogate pair', () => {
    const parts = partsOf([
      { index: 0, id: 'a', name: 'f', input: '{"x":"\ud83d' },
      { index: 0, input: '\ude00"}' },
    ])
    expect(parts.flatMap((part) => (part.type === 'tool-call-delta' ? [part.input] : []))).toEqual(['{"x":"', '😀"}'])
  })

  test('the cost is linear in the calls and in their arguments', () => {
    const startedAt = performance.now()
    const many = Array.from({ length: 16_000 }, (_, index) => ({ index, id: `c${index}`, name: 'f', input: '{"x":1}' }))
    expect(assemble(many).toolCalls).toHaveLength(16_000)
    const nested = Array.from({ length: 30_000 }, () => ({ index: 0, input: '{"a":{}},' }))
    expect(assemble([{ index: 0, id: 'a', name: 'f', input: '[' }, ...nested]).toolCalls).toHaveLength(1)
    // Quadratic would be minutes.
    expect(performance.now() - startedAt).toBeLessThan(25_000)
  }, 60_000)

  test('more calls than any model makes are an error', () => {
    const calls = assembler()
    const ignore = (): void => {}
    for (let index = 0; index < mostToolCalls; index++) calls.push({ type: 'tool-call', index, name: 'f' }, ignore)
    expect(() => pushed(calls, { index: mostToolCalls, name: 'f' })).toThrow(/32768 tool calls/)
  })

  test('a missing, "0" or repeated id is replaced', () => {
    const { toolCalls } = assemble([
      { index: 0, id: '0', name: 'f', input: '{}' },
      { index: 1, id: 'a', name: 'f', input: '{}' },
      { index: 2, id: 'a', name: 'f', input: '{}' },
      { index: 3, name: 'f', input: '{}' },
    ])
    expect(toolCalls.map((call) => call.id)).toEqual(['made_0', 'a', 'made_1', 'made_2'])
  })

  test('without an index, a new id or a name after complete arguments begins a new call', () => {
    const byId = assemble([
      { id: 'a', name: 'f', input: '{"x":' },
      { input: '1}' },
      { id: 'b', name: 'f', input: '{"x":2}' },
    ])
    expect(byId.toolCalls.map((call) => call.input)).toEqual([{ x: 1 }, { x: 2 }])
    const byName = assemble([
      { name: 'f', input: '{"x":' },
      { name: 'f', input: '1}' },
      { name: 'f', input: '{"x":2}' },
    ])
    expect(byName.toolCalls.map((call) => call.input)).toEqual([{ x: 1 }, { x: 2 }])
  })

  test('calls that all have index 0 are told apart by their ids', () => {
    const { toolCalls } = assemble([
      { index: 0, id: 'a', name: 'f', input: '{"x":1}' },
      { index: 0, id: 'b', name: 'g', input: '{"x":' },
      { index: 0, input: '2}' },
    ])
    expect(toolCalls).toEqual([
      { id: 'a', name: 'f', input: { x: 1 }, inputText: '{"x":1}' },
      { id: 'b', name: 'g', input: { x: 2 }, inputText: '{"x":2}' },
    ])
  })

  test('no arguments are an empty object, an object is taken as it is', () => {
    const { toolCalls, malformed } = assemble([
      { index: 0, id: 'a', name: 'now', input: '' },
      { index: 1, id: 'b', name: 'f', input: { x: 1 } },
      { index: 2, id: 'c', name: 'g', input: 'null' },
    ])
    expect(toolCalls.map((call) => call.input)).toEqual([{}, { x: 1 }, {}])
    expect(malformed).toBe(false)
  })

  test('arguments that are not JSON are kept as text', () => {
    const { toolCalls, malformed } = assemble([{ index: 0, id: 'a', name: 'f', input: '{"city": "Bos' }])
    expect(toolCalls).toEqual([{ id: 'a', name: 'f', input: '{"city": "Bos', inputText: '{"city": "Bos' }])
    expect(malformed).toBe(true)
  })

  test('a call without a name is malformed', () => {
    expect(assemble([{ index: 0, input: '{}' }])).toEqual({
      toolCalls: [{ id: 'made_0', name: '', input: {}, inputText: '{}' }],
      malformed: true,
    })
  })

  test('generated ids differ', () => {
    let blocks = 0
    const calls = new ToolCallAssembler({ nextIndex: () => blocks++ })
    pushed(calls, { index: 0, name: 'f' })
    pushed(calls, { index: 1, name: 'f' })
    const ids = calls.toolCalls.map((call) => call.id)
    expect(new Set(ids).size).toBe(2)
    expect(ids.every((id) => /^[A-Za-z0-9]{9}$/.test(id))).toBe(true)
  })
})
