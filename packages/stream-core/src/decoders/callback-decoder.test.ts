import { describe, expect, test } from 'vitest'
import { CallbackDecoder } from './callback-decoder.ts'

/** Emits the letters of its chunks and throws at an exclamation mark; emits `end` at the end. */
class Letters extends CallbackDecoder<string, string> {
  protected override decodeChunk(chunk: string, emit: (letter: string) => void): void {
    for (const letter of chunk) {
      if (letter === '!') throw new Error('bad letter')
      emit(letter)
    }
  }

  protected override decodeEnd(emit: (letter: string) => void): void {
    emit('end')
  }
}

const ignore = (): void => {}

describe('push and flush', () => {
  test('return what the chunk, and the end, complete', () => {
    const decoder = new Letters()
    expect(decoder.push('ab')).toEqual(['a', 'b'])
    expect(decoder.push('')).toEqual([])
    expect(decoder.flush()).toEqual(['end'])
  })

  test('throw at once when no value precedes the error', () => {
    expect(() => new Letters().push('!a')).toThrow('bad letter')
  })

  test('return the values before an error, and throw it in every later call', () => {
    const decoder = new Letters()
    expect(decoder.push('ab!c')).toEqual(['a', 'b'])
    expect(() => decoder.push('d')).toThrow('bad letter')
    expect(() => decoder.push('e')).toThrow('bad letter')
    expect(() => decoder.flush()).toThrow('bad letter')
  })

  test('a returned array is not written to again', () => {
    const decoder = new Letters()
    const first = decoder.push('a')
    decoder.push('b')
    expect(first).toEqual(['a'])
  })
})

describe('pushEach and flushEach', () => {
  test('emit the values before an error and throw it in the same call', () => {
    const decoder = new Letters()
    const letters: string[] = []
    const emit = (letter: string): void => void letters.push(letter)
    expect(() => decoder.pushEach('ab!c', emit)).toThrow('bad letter')
    expect(letters).toEqual(['a', 'b'])
    expect(() => decoder.pushEach('d', emit)).toThrow('bad letter')
    expect(() => decoder.flushEach(emit)).toThrow('bad letter')
    expect(letters).toEqual(['a', 'b'])
  })

  test('pass on what emit throws, and the decoder is spent', () => {
    const stop = new Error('enough')
    const decoder = new Letters()
    expect(() =>
      decoder.pushEach('abc', () => {
        throw stop
      }),
    ).toThrow(stop)
    expect(() => decoder.pushEach('d', ignore)).toThrow(stop)
  })

  test('may be mixed with push and flush', () => {
    const decoder = new Letters()
    const letters: string[] = []
    decoder.pushEach('a', (letter) => letters.push(letter))
    expect(decoder.push('b')).toEqual(['b'])
    expect(letters).toEqual(['a'])
  })
})

describe('after the end', () => {
  test('push is a mistake of the caller', () => {
    const decoder = new Letters()
    decoder.flush()
    expect(() => decoder.push('a')).toThrow(TypeError)
    expect(() => decoder.pushEach('a', ignore)).toThrow(TypeError)
  })

  test('a second flush delivers nothing', () => {
    const decoder = new Letters()
    decoder.flush()
    expect(decoder.flush()).toEqual([])
  })
})
