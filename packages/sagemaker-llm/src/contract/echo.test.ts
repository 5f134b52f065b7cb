import { assert, array, integer, property, string } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { EchoRemover } from './echo.ts'

function remove(prompt: string, pieces: readonly string[]): string[] {
  const remover = new EchoRemover(prompt)
  return [...pieces.map((piece) => remover.push(piece)), remover.end()].filter((piece) => piece !== '')
}

describe('EchoRemover', () => {
  test('the prompt at the start of the text is removed, in one piece or in several', () => {
    expect(remove('Once upon', ['Once upon a time'])).toEqual([' a time'])
    expect(remove('Once upon', ['On', 'ce up', 'on a', ' time'])).toEqual([' a', ' time'])
  })

  test('a text that is not the prompt is never cut, however it begins', () => {
    expect(remove('Once upon', ['Once there was'])).toEqual(['Once there was'])
    expect(remove('Once upon', ['Once', ' there'])).toEqual(['Once there'])
    expect(remove('Say hello', ['hello'])).toEqual(['hello'])
  })

  test('a text that is only the beginning of the prompt is shown at its end', () => {
    expect(remove('Once upon', ['On', 'ce'])).toEqual(['Once'])
  })

  test('only one echo is removed', () => {
    expect(remove('ha', ['ha', 'ha', 'ha'])).toEqual(['ha', 'ha'])
  })

  test('an empty prompt removes nothing', () => {
    expect(remove('', ['a'])).toEqual(['a'])
  })

  test('cuts do not matter', () => {
    assert(
      property(string(), string(), array(integer({ min: 0, max: 20 })), (prompt, text, cuts) => {
        const echoed = prompt + text
        const bounds = [0, ...cuts.filter((at) => at < echoed.length).sort((a, b) => a - b), echoed.length]
        const pieces = bounds.slice(1).map((end, index) => echoed.slice(bounds[index], end))
        expect(remove(prompt, pieces).join('')).toBe(text)
      }),
    )
  })
})
