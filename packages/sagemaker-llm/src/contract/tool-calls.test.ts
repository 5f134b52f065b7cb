import { describe, expect, test } from 'vitest'
import { ToolCallAssembler } from './tool-calls.ts'
import type { ToolCallFragment } from './answer.ts'

function assembler(): ToolCallAssembler {
  let count = 0
  return new ToolCallAssembler(() => `made_${count++}`)
}

function assemble(fragments: readonly Omit<ToolCallFragment, 'type'>[]): ReturnType<ToolCallAssembler['finish']> {
  const calls = assembler()
  for (const fragment of fragments) calls.push({ ...fragment, type: 'tool-call' })
  return calls.finish()
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

  test('the first delta of a call has id and name, the later ones only arguments', () => {
    const calls = assembler()
    expect(calls.push({ type: 'tool-call', index: 3, id: 'a', name: 'f' })).toEqual({ index: 0, id: 'a', name: 'f' })
    expect(calls.push({ type: 'tool-call', index: 3, id: 'a', name: null, input: '{}' })).toEqual({
      index: 0,
      input: '{}',
    })
    expect(calls.push({ type: 'tool-call', index: 3, name: 'f' })).toBeUndefined()
  })

  test('arguments that come before the name wait for it', () => {
    const calls = assembler()
    expect(calls.push({ type: 'tool-call', index: 0, input: '{"a"' })).toBeUndefined()
    expect(calls.push({ type: 'tool-call', index: 0, name: 'f', input: ':1}' })).toEqual({
      index: 0,
      id: 'made_0',
      name: 'f',
      input: '{"a":1}',
    })
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

  test('is complete only when the arguments of every call are a whole object', () => {
    const calls = assembler()
    expect(calls.isComplete).toBe(false)
    calls.push({ type: 'tool-call', index: 0, id: 'a', name: 'f' })
    expect(calls.isComplete).toBe(false)
    calls.push({ type: 'tool-call', index: 0, input: '{"x":1}' })
    expect(calls.isComplete).toBe(true)
    calls.push({ type: 'tool-call', index: 1, id: 'b', name: 'f', input: '{"x":' })
    expect(calls.isComplete).toBe(false)
  })

  test('generated ids differ', () => {
    const calls = new ToolCallAssembler()
    calls.push({ type: 'tool-call', index: 0, name: 'f' })
    calls.push({ type: 'tool-call', index: 1, name: 'f' })
    const ids = calls.finish().toolCalls.map((call) => call.id)
    expect(new Set(ids).size).toBe(2)
    expect(ids.every((id) => id.startsWith('call_'))).toBe(true)
  })
})
