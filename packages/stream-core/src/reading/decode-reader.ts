import type { Decoder } from '../decoders/decoder.ts'
import { flushEach, pushEach } from './decode-each.ts'
import type { Reader } from './reader.ts'

/** Makes a decoder of a chain, which takes what the decoder before it gives. */
export type CreateDecoder = () => Decoder<unknown, unknown>

/** What goes from one place of a chain to the next: items, and what comes after them if they are the last. */
interface Batch {
  readonly items: readonly unknown[]
  readonly ending: Ending | undefined
}

type Ending = 'complete' | { readonly error: unknown }

/**
 * Decodes what another reader hands out, with one decoder after the other. A chunk costs the same number of asynchronous steps,
 * however many decoders there are. The reader is asked for more only when everything decoded so far has been taken.
 *
 * A failing decoder closes the source at once; what was decoded before is handed out first, then the error. An error goes through
 * `fail` of every decoder behind the place where it occurred.
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

  async read(): Promise<readonly O[] | undefined> {
    while (this.#ending === undefined) {
      let batch: Batch
      try {
        this.#decoders ??= this.#createDecoders.map((create) => create())
        const items = await this.#reader.read()
        batch = items === undefined ? { items: [], ending: 'complete' } : { items, ending: undefined }
      } catch (error) {
        batch = { items: [], ending: { error } }
      }
      for (const decoder of this.#decoders ?? []) batch = decodeBatch(decoder, batch)
      if (batch.ending !== undefined) this.#end(batch.ending)
      if (batch.items.length > 0) return batch.items as readonly O[]
    }
    if (this.#ending !== 'complete') throw this.#ending.error
    return undefined
  }

  close(reason?: unknown): void {
    this.#ending ??= 'complete'
    this.#reader.close(reason)
  }

  #end(ending: Ending): void {
    this.#ending = ending
    if (ending !== 'complete') this.#reader.close(ending.error)
  }
}

function decodeBatch(decoder: Decoder<unknown, unknown>, { items, ending }: Batch): Batch {
  const values: unknown[] = []
  const collect = (value: unknown): void => {
    values.push(value)
  }
  try {
    for (const item of items) pushEach(decoder, item, collect)
    if (ending === undefined) return { items: values, ending }
    if (ending === 'complete') flushEach(decoder, collect)
    else if (decoder.fail !== undefined) return { items: values, ending: { error: decoder.fail(ending.error) } }
  } catch (error) {
    return { items: values, ending: { error } }
  }
  return { items: values, ending }
}
