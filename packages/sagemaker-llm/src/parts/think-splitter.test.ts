import { assert, array, constantFrom, integer, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { ThinkSplitter, type ThinkPiece } from './think-splitter.ts'

function split(pieces: readonly string[], startsInReasoning = false): { text: string; reasoning: string } {
  const splitter = new ThinkSplitter(startsInReasoning)
  const out = [...pieces.flatMap((piece) => splitter.push(piece)), ...splitter.end()]
  const join = (type: ThinkPiece['type']): string =>
    out.flatMap((piece) => (piece.type === type ? piece.text : [])).join('')
  return { text: join('text'), reasoning: join('reasoning') }
}

describe('ThinkSplitter', () => {
  test('a block at the start is reasoning, without the white space around the tags', () => {
    expect(split(['<think>\nLet me see.\n</think>\n\nFour.'])).toEqual({ text: 'Four.', reasoning: 'Let me see.' })
  })

  test('white space before the opening tag is dropped', () => {
    expect(split(['\n\n<think>a</think>b'])).toEqual({ text: 'b', reasoning: 'a' })
  })

  test('with a closing tag alone, everything before it is reasoning', () => {
    expect(split(['Let me ', 'see.\n</th', 'ink>\nFour.'])).toEqual({ text: 'Four.', reasoning: 'Let me see.' })
  })

  test('a text without tags is text, to the last space', () => {
    expect(split([' Just ', 'text. \n'])).toEqual({ text: ' Just text. \n', reasoning: '' })
  })

  test('a block that is never closed is reasoning', () => {
    expect(split(['<think>I am not', ' done</thi'])).toEqual({ text: '', reasoning: 'I am not done</thi' })
  })

  test('text before the opening tag stays text', () => {
    expect(split(['Hm. <think>why</think> So.'])).toEqual({ text: 'Hm. So.', reasoning: 'why' })
  })

  test('tags in the answer itself are text', () => {
    const answer = 'Models write <think> and </think> around it.'
    expect(split([`<think>explain</think>${answer}`])).toEqual({ text: answer, reasoning: 'explain' })
  })

  test('after a prompt that ends in the opening tag, reasoning is given out while it comes', () => {
    const splitter = new ThinkSplitter(true)
    expect(splitter.push('Let me')).toEqual([{ type: 'reasoning', text: 'Let me' }])
    expect(splitter.push(' see.</think>Four.')).toEqual([
      { type: 'reasoning', text: ' see.' },
      { type: 'text', text: 'Four.' },
    ])
  })

  test('an opening tag is not shown when the prompt has it already', () => {
    expect(split(['<th', 'ink>a</think>b'], true)).toEqual({ text: 'b', reasoning: 'a' })
    expect(split(['<b>a</b></think>b'], true)).toEqual({ text: 'b', reasoning: '<b>a</b>' })
  })

  test('text is given out at once when the reasoning turns out to come apart from it', () => {
    const splitter = new ThinkSplitter()
    expect(splitter.push('Fo')).toEqual([])
    expect(splitter.settleAsText()).toEqual([{ type: 'text', text: 'Fo' }])
    expect(splitter.push('ur.</think>')).toEqual([{ type: 'text', text: 'ur.</think>' }])
  })

  test('after the block, text is given out while it comes', () => {
    const splitter = new ThinkSplitter()
    splitter.push('<think>a</think>')
    expect(splitter.push('Fo')).toEqual([{ type: 'text', text: 'Fo' }])
  })

  test('cuts do not matter', () => {
    const words = array(constantFrom('<think>', '</think>', '<th', 'ink>', 'a', ' ', '\n', '<', '>'), { maxLength: 12 })
    assert(
      property(
        words,
        array(integer({ min: 0, max: 60 })),
        constantFrom(true, false),
        (parts, cuts, startsInReasoning) => {
          const text = parts.join('')
          const bounds = [0, ...cuts.filter((at) => at < text.length).sort((a, b) => a - b), text.length]
          const pieces = bounds.slice(1).map((end, index) => text.slice(bounds[index], end))
          expect(split(pieces, startsInReasoning)).toEqual(split([text], startsInReasoning))
        },
      ),
      { numRuns: 1000 },
    )
  })

  test('a long text that is held back is not scanned again with each piece', () => {
    const splitter = new ThinkSplitter()
    const startedAt = performance.now()
    for (let count = 0; count < 200_000; count++) splitter.push('a')
    expect(splitter.end()).toEqual([{ type: 'text', text: 'a'.repeat(200_000) }])
    // Quadratic would be minutes.
    expect(performance.now() - startedAt).toBeLessThan(10_000)
  })
})
