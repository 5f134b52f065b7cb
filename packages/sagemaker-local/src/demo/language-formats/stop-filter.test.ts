import { array, assert, pre, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { StopFilter } from './stop-filter.ts'

function filter(pieces: readonly string[], stops: readonly string[]): { text: string; matched: string | undefined } {
  const stopFilter = new StopFilter(stops)
  const text = pieces.map((piece) => stopFilter.push(piece)).join('') + stopFilter.end()
  return { text, matched: stopFilter.matched }
}

test('cuts off at a stop sequence that is spread over pieces', () => {
  expect(filter(['Hello ##', '#', ' there'], ['###'])).toEqual({ text: 'Hello ', matched: '###' })
})

test('holds nothing back that cannot become a stop sequence', () => {
  const stopFilter = new StopFilter(['###'])
  expect(stopFilter.push('a#b')).toBe('a#b')
  expect(stopFilter.push('##')).toBe('')
  expect(stopFilter.push('c')).toBe('##c')
})

test('text that only looked like a stop sequence is not lost', () => {
  expect(filter(['a #', '#'], ['###'])).toEqual({ text: 'a ##', matched: undefined })
})

const letters = string({ maxLength: 4 }).map((text) => text.replace(/[^a]/g, 'b'))
const pieces = array(letters, { maxLength: 12 })
const stops = array(letters, { maxLength: 2 }).map((texts) => texts.filter((text) => text !== ''))

test('without a stop sequence in it, the text comes whole, however it is cut', () => {
  assert(
    property(pieces, stops, (pieces, stops) => {
      const whole = pieces.join('')
      pre(!stops.some((stop) => whole.includes(stop)))
      expect(filter(pieces, stops)).toEqual({ text: whole, matched: undefined })
    }),
  )
})

test('with one, it is the text before it, however it is cut', () => {
  assert(
    property(pieces, stops, (pieces, stops) => {
      const whole = pieces.join('')
      pre(stops.some((stop) => whole.includes(stop)))
      const { text, matched } = filter(pieces, stops)
      expect(stops).toContain(matched)
      expect(whole.startsWith(text + matched)).toBe(true)
      expect(stops.filter((stop) => text.includes(stop))).toEqual([])
    }),
  )
})
