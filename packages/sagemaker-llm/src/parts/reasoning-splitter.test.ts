import { assert, array, constantFrom, integer, property } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { type AnswerPiece, ReasoningSplitter, type ReasoningSplitterOptions } from './reasoning-splitter.ts'
import { reasoningMarkers } from './reasoning-tags.ts'

const markers = reasoningMarkers()

function splitterOf(startsInReasoning = false, mode: ReasoningSplitterOptions['mode'] = 'split'): ReasoningSplitter {
  return new ReasoningSplitter({ mode, markers, startsWithin: startsInReasoning ? markers[0] : undefined })
}

function split(
  pieces: readonly string[],
  startsInReasoning = false,
  mode: ReasoningSplitterOptions['mode'] = 'split',
): { text: string; reasoning: string } {
  const splitter = splitterOf(startsInReasoning, mode)
  const out = [...pieces.flatMap((piece) => splitter.push(piece)), ...splitter.end()]
  const join = (type: AnswerPiece['type']): string =>
    out.flatMap((piece) => (piece.type === type ? piece.text : [])).join('')
  return { text: join('text'), reasoning: join('reasoning') }
}

describe('ReasoningSplitter', () => {
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
    const splitter = splitterOf(true)
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
    const splitter = splitterOf()
    expect(splitter.push('Fo')).toEqual([])
    expect(splitter.settleAsText()).toEqual([{ type: 'text', text: 'Fo' }])
    expect(splitter.push('ur.</think>')).toEqual([{ type: 'text', text: 'ur.</think>' }])
  })

  test('after the block, text is given out while it comes', () => {
    const splitter = splitterOf()
    splitter.push('<think>a</think>')
    expect(splitter.push('Fo')).toEqual([{ type: 'text', text: 'Fo' }])
  })

  test('cuts do not matter', () => {
    const words = array(
      constantFrom('<think>', '</think>', '<th', 'ink>', 'a', ' ', '\n', '<', '>', '[THINK]', '[/THINK]', '<thinking>'),
      { maxLength: 12 },
    )
    assert(
      property(
        words,
        array(integer({ min: 0, max: 60 })),
        constantFrom(true, false),
        constantFrom('split', 'auto'),
        (parts, cuts, startsInReasoning, mode) => {
          const text = parts.join('')
          const bounds = [0, ...cuts.filter((at) => at < text.length).sort((a, b) => a - b), text.length]
          const pieces = bounds.slice(1).map((end, index) => text.slice(bounds[index], end))
          expect(split(pieces, startsInReasoning, mode)).toEqual(split([text], startsInReasoning, mode))
        },
      ),
      { numRuns: 1000 },
    )
  })

  test('a long text that is held back is not scanned again with each piece', () => {
    const splitter = splitterOf()
    const startedAt = performance.now()
    for (let count = 0; count < 200_000; count++) splitter.push('a')
    expect(splitter.end()).toEqual([{ type: 'text', text: 'a'.repeat(200_000) }])
    // Quadratic would be minutes.
    expect(performance.now() - startedAt).toBeLessThan(10_000)
  })

  test('white space that goes on and on is not scanned again with each piece', () => {
    const splitter = splitterOf(true)
    const startedAt = performance.now()
    for (let count = 0; count < 200_000; count++) splitter.push('\n')
    expect(splitter.push('x</think>')).toEqual([{ type: 'reasoning', text: 'x' }])
    for (let count = 0; count < 200_000; count++) splitter.push(' ')
    expect(splitter.push('y')).toEqual([{ type: 'text', text: 'y' }])
    expect(performance.now() - startedAt).toBeLessThan(10_000)
  })

  test('white space within reasoning is kept, also a lot of it', () => {
    const space = ' '.repeat(1_000)
    expect(split(['<think>a', ...Array.from(space), 'b', '</think>c'])).toEqual({ text: 'c', reasoning: `a${space}b` })
  })

  test('several blocks are reasoning, each at the start of a line', () => {
    const answer = '<think>one</think>\nFirst.\n<think>two</think> Second.'
    expect(split([answer])).toEqual({ text: 'First.\nSecond.', reasoning: 'onetwo' })
    expect(split([answer], false, 'auto')).toEqual(split([answer]))
  })

  test.each([
    ['<thinking>a</thinking>b'],
    ['[THINK]a[/THINK]b'],
    ['<|channel|>analysis<|message|>a<|end|><|start|>assistant<|channel|>final<|message|>b'],
  ])('%s', (answer) => {
    expect(split([answer])).toEqual({ text: 'b', reasoning: 'a' })
    expect(split(Array.from(answer), false, 'auto')).toEqual({ text: 'b', reasoning: 'a' })
  })

  test('tags of the caller are known, too', () => {
    const own = reasoningMarkers([{ open: '<thoughts>', close: '</thoughts>' }])
    const splitter = new ReasoningSplitter({ mode: 'auto', markers: own })
    expect([...splitter.push('<thoughts>a</thoughts>b'), ...splitter.end()]).toEqual([
      { type: 'reasoning', text: 'a' },
      { type: 'text', text: 'b' },
    ])
  })
})

describe('mode auto', () => {
  test('gives out text at once, and a closing tag alone is text', () => {
    const splitter = splitterOf(false, 'auto')
    expect(splitter.push(' \n')).toEqual([])
    expect(splitter.push('Fo')).toEqual([{ type: 'text', text: ' \nFo' }])
    expect(splitter.push('ur.</think>')).toEqual([{ type: 'text', text: 'ur.</think>' }])
  })

  test('holds back only what may be an opening tag', () => {
    const splitter = splitterOf(false, 'auto')
    expect(splitter.push('<thi')).toEqual([])
    expect(splitter.push('s is text')).toEqual([{ type: 'text', text: '<this is text' }])
  })

  test('gives out reasoning while it comes', () => {
    const splitter = splitterOf(false, 'auto')
    expect(splitter.push('\n<think>a')).toEqual([{ type: 'reasoning', text: 'a' }])
    expect(splitter.push('b</think>c')).toEqual([
      { type: 'reasoning', text: 'b' },
      { type: 'text', text: 'c' },
    ])
  })
})
