import type { Decoder } from '../decoders/decoder.ts'
import { flushEach, pushEach } from '../decoders/decode-each.ts'
import { interruptReader, type Reader } from './reader.ts'

/** Makes a decoder of a chain, which takes what the decoder before it gives. */
export type CreateDecoder = () => Decoder<unknown, unknown>

/** What goes from one place of a chain to the next: items, and what comes after them if they are the last. */
interface Batch {
  readonly items: readonly unknown[]
  readonly ending: Ending | undefined
}

/** `done`: a decoder needs no more input, while the source may have more. */
type Ending = 'complete' | 'done' | { readonly error: unknown }

/** How long the source of a chain that is done may take to end by itself. */
const lingerMs = 250

/**
 * Decodes what another reader delivers, with one decoder after the other. A chunk costs the same number of asynchronous steps,
 * however many decoders there are. The reader is asked for more only when everything decoded so far has been taken.
 *
 * A failing decoder closes the source at once; what was decoded before is delivered first, then the error. An error goes through
 * `fail` of every decoder behind the place where it occurred. When a decoder is done, the chain ends at once.
 */
export class DecodeReader<O> implements Reader<O> {
  readonly #reader: Reader<unknown>
  readonly #createDecoders: readonly CreateDecoder[]
  #decoders: readonly Decoder<unknown, unknown>[] | undefined
  #ending: Ending | undefined

  /** @param createDecoders - called once each, by the first `read`; the last decoder of them gives `O`. */
  constructor(reader: Reader<unknown>, createDecoders: readonly CreateDecoder[]) {
    this.#reader = reader
    this.#createDecoders = createDecoders
  }

  // Not an async function, which would cost two more promises for each chunk.
  read(): Promise<readonly O[] | undefined> {
    if (this.#decoders === undefined && this.#ending === undefined) {
      try {
        const started = this.#start()
        if (started.length > 0) return Promise.resolve(started)
      } catch (error) {
        this.#end({ error })
      }
    }
    if (this.#ending !== undefined) return Promise.resolve(undefined).then(this.#receive)
    return this.#reader.read().then(this.#receive, this.#fail)
  }

  close(reason?: unknown): void {
    // Closed in a moment, and at its end by then if it has one.
    if (this.#ending === 'done') return
    this.#ending ??= 'complete'
    this.#reader.close(reason)
  }

  interrupt(error: unknown): unknown {
    const isEnded = this.#ending !== undefined
    let reported = interruptReader(this.#reader, error)
    if (isEnded) return reported
    for (const decoder of this.#decoders ?? []) reported = failedDecoder(decoder, reported)
    this.#ending = { error: reported }
    return reported
  }

  onInterruption(listener: ((error: unknown) => void) | undefined): void {
    this.#reader.onInterruption?.(listener)
  }

  readonly #receive = (items: readonly unknown[] | undefined): readonly O[] | undefined =>
    this.#decode(items === undefined ? { items: [], ending: 'complete' } : { items, ending: undefined })

  readonly #fail = (error: unknown): readonly O[] | undefined => this.#decode({ items: [], ending: { error } })

  #decode(received: Batch): readonly O[] | undefined {
    // Closed or interrupted in the meantime: the decoders have seen their last call.
    if (this.#ending === undefined) {
      let batch = received
      for (const decoder of this.#decoders ?? []) batch = decodeBatch(decoder, batch)
      if (batch.ending !== undefined) this.#end(batch.ending)
      if (batch.ending === undefined || batch.items.length > 0) return batch.items as readonly O[]
    }
    if (typeof this.#ending === 'object') throw this.#ending.error
    return undefined
  }

  #start(): readonly O[] {
    this.#decoders = this.#createDecoders.map((create) => create())
    let batch: Batch = { items: [], ending: undefined }
    for (const decoder of this.#decoders) {
      const first = decoder.start?.() ?? []
      const { items, ending } = decodeBatch(decoder, batch)
      batch = { items: [...first, ...items], ending }
    }
    if (batch.ending !== undefined) this.#end(batch.ending)
    return batch.items as readonly O[]
  }

  #end(ending: Ending): void {
    this.#ending = ending
    if (ending === 'done') linger(this.#reader)
    else if (ending !== 'complete') this.#reader.close(ending.error)
  }
}

/**
 * Waits for the end of a source of which nothing more is needed, and closes it if something else comes, or nothing in time. Most
 * sources end now, and a connection whose response was read to its end can be used again.
 */
function linger(reader: Reader<unknown>): void {
  const timer = setTimeout(() => reader.close(), lingerMs)
  const stop = (items?: unknown): void => {
    clearTimeout(timer)
    if (items !== undefined) reader.close()
  }
  reader.read().then(stop, () => stop())
}

function decodeBatch(decoder: Decoder<unknown, unknown>, { items, ending }: Batch): Batch {
  const values: unknown[] = []
  const collect = (value: unknown): void => {
    values.push(value)
  }
  try {
    for (const item of items) {
      pushEach(decoder, item, collect)
      if (decoder.isDone !== true) continue
      flushEach(decoder, collect)
      return { items: values, ending: ending === 'complete' ? ending : 'done' }
    }
    if (ending === undefined) return { items: values, ending }
    if (typeof ending === 'object') return { items: values, ending: { error: failedDecoder(decoder, ending.error) } }
    flushEach(decoder, collect)
  } catch (error) {
    return { items: values, ending: { error } }
  }
  return { items: values, ending }
}

function failedDecoder(decoder: Decoder<unknown, unknown>, error: unknown): unknown {
  try {
    return decoder.fail === undefined ? error : decoder.fail(error)
  } catch (thrown) {
    return thrown
  }
}
