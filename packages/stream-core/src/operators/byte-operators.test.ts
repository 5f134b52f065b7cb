import { from, lastValueFrom, type OperatorFunction, throwError, toArray, concat } from 'rxjs'
import { describe, expect, test } from 'vitest'
import { describeOperatorContract } from '../../test-support/operator-contract.ts'
import { EventStreamDecoder } from '../decoders/event-stream/event-stream-decoder.ts'
import { EventStreamEncoder } from '../decoders/event-stream/event-stream-encoder.ts'
import { jsonSequenceDone } from '../decoders/json/json-value-reader.ts'
import { StreamDecodeError } from '../decoders/stream-decode-error.ts'
import { eventStreamMessages, jsonValues, lines, serverSentEvents } from './byte-operators.ts'

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text)
const event = (data: string): object => ({ event: 'message', data, id: '', retry: undefined })
const frame = (text: string): Uint8Array =>
  new EventStreamEncoder().encode({ headers: {}, payload: bytes(text) }).slice()
const message = (text: string): object => new EventStreamDecoder().push(frame(text))[0]!

describeOperatorContract('lines', {
  create: () => lines(),
  items: { a: bytes('x\n'), b: bytes('y\r\n'), c: bytes('\n') },
  results: { a: 'x', b: 'y', c: '' },
})
describeOperatorContract<Uint8Array, unknown>('serverSentEvents', {
  create: () => serverSentEvents(),
  items: { a: bytes('data: x\n\n'), b: bytes('data: y\n\n'), c: bytes('data: z\n\n') },
  results: { a: event('x'), b: event('y'), c: event('z') },
})
describeOperatorContract('jsonValues', {
  create: () => jsonValues(),
  items: { a: bytes('{"x":1}\n'), b: bytes('data: [2]\n\n'), c: bytes('data: [DONE]\n\n') },
  results: { a: { x: 1 }, b: [2], c: jsonSequenceDone },
})
describeOperatorContract<Uint8Array, unknown>('eventStreamMessages', {
  create: () => eventStreamMessages(),
  items: { a: frame('x'), b: frame('y'), c: frame('z') },
  results: { a: message('x'), b: message('y'), c: message('z') },
})

const everyByte = (input: Uint8Array): Uint8Array[] => Array.from(input, (byte) => Uint8Array.of(byte))

describe('operators of bytes', () => {
  const run = <T>(input: readonly Uint8Array[], operator: OperatorFunction<Uint8Array, T>): Promise<T[]> =>
    lastValueFrom(from(input).pipe(operator, toArray()))

  test('put together what is cut anywhere, and deliver what the end completes', async () => {
    expect(await run(everyByte(bytes('é\r\nü\n🙂')), lines())).toEqual(['é', 'ü', '🙂'])
    expect(await run(everyByte(bytes('data: é\n\ndata: 🙂')), serverSentEvents())).toEqual([event('é'), event('🙂')])
    expect(await run(everyByte(bytes('data: {"a":"é"}\n\ndata: [1]')), jsonValues())).toEqual([{ a: 'é' }, [1]])
    expect(await run(everyByte(frame('🙂')), eventStreamMessages())).toEqual([message('🙂')])
  })

  test('hand their options to the decoder', async () => {
    expect(await run([bytes('a\rb')], lines({ newline: 'lf' }))).toEqual(['a\rb'])
    expect(await run([bytes('data: a')], serverSentEvents({ deliverPending: false }))).toEqual([])
    await expect(run([bytes('[1,2,3,4]')], jsonValues({ maxLineLength: 4 }))).rejects.toThrow(StreamDecodeError)
    await expect(run([frame('abcdef')], eventStreamMessages({ maxFrameLength: 20 }))).rejects.toThrow(StreamDecodeError)
  })

  test('emit the values before an error of the decoder, then the error', async () => {
    const seen: unknown[] = []
    const values = from([bytes('{"a":1}\n{"a":2}\n<html>')]).pipe(jsonValues())
    await expect(values.forEach((value) => seen.push(value))).rejects.toMatchObject({ code: 'invalid-json' })
    expect(seen).toEqual([{ a: 1 }, { a: 2 }])
  })

  test('do not pass an unfinished item off as a value when the source fails', async () => {
    const seen: string[] = []
    const failing = concat(
      [bytes('a\nunfinis')],
      throwError(() => new Error('reset')),
    )
    await expect(failing.pipe(lines()).forEach((line) => seen.push(line))).rejects.toThrow('reset')
    expect(seen).toEqual(['a'])
  })

  test('fail when the source completes within a frame', async () => {
    await expect(run([frame('abc').slice(0, -1)], eventStreamMessages())).rejects.toMatchObject({
      code: 'truncated-frame',
    })
  })
})
