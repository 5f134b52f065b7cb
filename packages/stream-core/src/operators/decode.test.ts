import { catchError, concat, of, Subject, take, throwError } from 'rxjs'
import { describe, expect, test } from 'vitest'
import { describeOperatorContract, marbleTest } from '../../test-support/operator-contract.ts'
import type { Decoder } from '../decoders/decoder.ts'
import { decode } from './decode.ts'

/** Gives one value per character, fails at `'!'`, and gives `'$'` at the end. Counts the characters it has seen. */
class CharacterDecoder implements Decoder<string, string> {
  seen = 0

  push(chunk: string): readonly string[] {
    const values: string[] = []
    this.pushEach(chunk, (value) => values.push(value))
    return values
  }

  flush(): readonly string[] {
    return ['$']
  }

  pushEach(chunk: string, emit: (value: string) => void): void {
    for (const character of chunk) {
      this.seen++
      if (character === '!') throw new Error('bad character')
      emit(character)
    }
  }

  flushEach(emit: (value: string) => void): void {
    emit('$')
  }
}

const upperCase = (): Decoder<string, string> => ({ push: (text) => [text.toUpperCase()], flush: () => [] })
const letters = { items: { a: 'x', b: 'y', c: 'z' }, results: { a: 'X', b: 'Y', c: 'Z' } }

describeOperatorContract('decode with push and flush', { ...letters, create: () => decode(upperCase) })

describeOperatorContract('decode with pushEach and flushEach', {
  ...letters,
  create: () =>
    decode(() => ({
      ...upperCase(),
      pushEach: (text: string, emit: (value: string) => void) => emit(text.toUpperCase()),
      flushEach: () => {},
    })),
})

describe('decode', () => {
  const characters = decode(() => new CharacterDecoder())

  marbleTest(
    'emits what a chunk completes at once, and flushes before it completes',
    ({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('-x----y----|', { x: 'ab', y: 'c' })
      expectObservable(source.pipe(characters)).toBe('-(ab)-c----($|)')
      expectSubscriptions(source.subscriptions).toBe('^----------!')
    },
  )

  marbleTest(
    'emits the values before an error of the decoder, then the error, and leaves the source',
    ({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('-x-y-|', { x: 'ab!c', y: 'd' })
      expectObservable(source.pipe(characters)).toBe('-(ab#)', undefined, new Error('bad character'))
      expectSubscriptions(source.subscriptions).toBe('^!')
    },
  )

  marbleTest('does not flush after an error of the source', ({ cold, expectObservable }) => {
    expectObservable(cold('-a-#').pipe(characters)).toBe('-a-#')
  })

  marbleTest(
    'makes an error of the factory the error of the subscription, without subscribing to the source',
    ({ cold, expectObservable, expectSubscriptions }) => {
      const source = cold('-a-|')
      const failing = decode((): Decoder<string, string> => {
        throw new Error('no decoder')
      })
      expectObservable(source.pipe(failing)).toBe('#', undefined, new Error('no decoder'))
      expectSubscriptions(source.subscriptions).toBe([])
    },
  )

  marbleTest('makes an error of flush the error of the subscription', ({ cold, expectObservable }) => {
    const truncated: Decoder<string, string> = {
      push: (text) => [text],
      flush: () => {
        throw new Error('truncated')
      },
    }
    const result = cold('-a-|').pipe(decode(() => truncated))
    expectObservable(result).toBe('-a-#', undefined, new Error('truncated'))
  })

  test('stops decoding in the middle of a chunk once the consumer has left', () => {
    const decoder = new CharacterDecoder()
    const seen: string[] = []
    of('abcdefgh')
      .pipe(
        decode(() => decoder),
        take(2),
      )
      .subscribe((value) => seen.push(value))
    expect(seen).toEqual(['a', 'b'])
    expect(decoder.seen).toBe(3)
  })

  test('emits the rest of a chunk before a completion that a value of it caused', () => {
    const source = new Subject<string>()
    const seen: string[] = []
    source.pipe(characters).subscribe({
      next: (value) => {
        seen.push(value)
        if (value === 'a') {
          source.next('c')
          source.complete()
        }
      },
      complete: () => seen.push('complete'),
    })
    source.next('ab')
    expect(seen).toEqual(['a', 'b', 'c', '$', 'complete'])
  })

  test('emits the rest of a chunk before an error that a value of it caused', () => {
    const source = new Subject<string>()
    const seen: unknown[] = []
    source.pipe(characters).subscribe({
      next: (value) => {
        seen.push(value)
        if (value === 'a') source.error('reset')
      },
      error: (error: unknown) => seen.push(error),
    })
    source.next('ab')
    expect(seen).toEqual(['a', 'b', 'reset'])
  })

  test('drops what waits when the consumer leaves', () => {
    const source = new Subject<string>()
    const decoder = new CharacterDecoder()
    const seen: string[] = []
    const subscription = source.pipe(decode(() => decoder)).subscribe((value) => {
      seen.push(value)
      source.next('c')
      subscription.unsubscribe()
    })
    source.next('a')
    expect(seen).toEqual(['a'])
    expect(decoder.seen).toBe(1)
    expect(source.observed).toBe(false)
  })

  test('lets a later operator go on after an error', () => {
    const seen: string[] = []
    concat(
      of('ab'),
      throwError(() => new Error('reset')),
    )
      .pipe(
        characters,
        catchError(() => of('recovered')),
      )
      .subscribe((value) => seen.push(value))
    expect(seen).toEqual(['a', 'b', 'recovered'])
  })
})
