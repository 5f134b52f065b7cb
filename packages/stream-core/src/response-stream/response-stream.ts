import { Observable } from '../rxjs/observable.ts'
import type { Decoder } from '../decoders/decoder.ts'
import type { CreateDecoder } from '../readers/decode-reader.ts'
import type { Reader } from '../readers/reader.ts'
import { ReaderIterator } from '../readers/reader-iterator.ts'
import { readerOf, type Recipe, recipes } from '../readers/recipe.ts'
import { itemsOfBatch, oneItem, SourceReader } from '../readers/source-reader.ts'
import type { StreamIterator } from '../readers/stream-iterator.ts'
import type { OpenStreamSource } from '../readers/stream-source.ts'
import { subscribeToReader } from '../readers/subscribe-to-reader.ts'

/** What ends a stream from outside. */
export interface ResponseStreamOptions {
  /**
   * Ends every run of the stream: when it aborts, the source is closed at once with the signal's reason, items that
   * wait in memory are dropped and the consumer gets the reason as its error. Aborted before a run starts, the source
   * is not opened.
   * @defaultValue none
   */
  readonly signal?: AbortSignal | undefined
}

let construct: <T>(recipe: Recipe) => ResponseStream<T>

/** A stream from its reader; the public way is {@link ResponseStream.from}. */
export function createResponseStream<T>(
  createReader: () => Reader<T>,
  signal: AbortSignal | undefined,
): ResponseStream<T> {
  return construct({ createReader, createDecoders: [], signal })
}

/**
 * The stream that is read by putting another reader in front of the source's own. Of a ResponseStream it keeps the signal,
 * and whole batches go from reader to reader.
 */
export function pipeReader<T, R>(
  source: AsyncIterable<T> | Iterable<T>,
  pipe: (reader: Reader<T>) => Reader<R>,
): ResponseStream<R> {
  const recipe = recipes.get(source)
  if (recipe !== undefined) return createResponseStream(() => pipe(readerOf(recipe)), recipe.signal)
  return createResponseStream(() => pipe(new SourceReader(() => source, oneItem)), undefined)
}

const brand: unique symbol = Symbol.for('@x/stream-core.ResponseStream')

/**
 * The items of an answer, as an RxJS Observable and as an async iterable.
 *
 * - Cold: every subscription and every iteration opens the source anew. Nothing is opened before.
 * - `for await` pulls: the source is asked for its next chunk only when everything decoded from the last one has been
 *   taken. A slow consumer thus holds at most one chunk's items, and a socket behind it is slowed by its own flow
 *   control.
 * - `subscribe` pushes: an Observable cannot be slowed, so items are delivered as fast as the source gives them. The source
 *   is opened within the call, the first item comes after it has returned.
 * - Leaving the loop (`break`, `return`, `throw`), `unsubscribe()`, an abort and an error close the source at once,
 *   also while it is being waited for: its signal is aborted first, then its iterator's `return()` is called and not
 *   waited for.
 * - An iterator that is forgotten half-way closes its source when it is garbage-collected.
 * - Errors come after all items that were decoded before them.
 *
 * To RxJS it is an Observable: `from(stream) === stream`, `firstValueFrom(stream)` and `stream.pipe(...)` work. What
 * `pipe()` returns is a plain Observable, which pushes and has no `for await`; {@link ResponseStream.pipeDecoder} keeps
 * both.
 *
 * @example
 * ```ts
 * const lines = ResponseStream.from((signal) => fetch(url, { signal }).then((answer) => answer.body!))
 *   .pipeDecoder(() => new LineDecoder())
 * for await (const line of lines) if (line === 'done') break // closes the connection
 * ```
 */
export class ResponseStream<T> extends Observable<T> implements AsyncIterable<T> {
  static {
    construct = (recipe) => new ResponseStream(recipe)
  }

  private constructor(recipe: Recipe) {
    super((subscriber) => subscribeToReader(readerOf<T>(recipe), recipe.signal, subscriber))
    recipes.set(this, recipe)
    Object.defineProperty(this, brand, { value: true })
  }

  /**
   * A stream from a factory of its source.
   *
   * A source that is a ResponseStream is not iterated but read in its place: it adds no asynchronous step, and its signal
   * ends this run, too.
   *
   * @param open - opens the source, once for each subscription and each iteration. What it throws or rejects with is
   * the run's error.
   */
  static from<T>(open: OpenStreamSource<T>, options: ResponseStreamOptions = {}): ResponseStream<T> {
    return createResponseStream(() => new SourceReader(open, oneItem), options.signal)
  }

  /**
   * A stream from a factory of a source that gives several items at a time, such as all frames that one chunk of a
   * socket held: costs one asynchronous step per batch and none per item. Empty batches are passed over.
   *
   * @param open - as for {@link ResponseStream.from}. A consumer that takes item by item asks for a batch when the one
   * before is used up.
   */
  static fromBatches<T>(open: OpenStreamSource<readonly T[]>, options: ResponseStreamOptions = {}): ResponseStream<T> {
    return createResponseStream(() => new SourceReader(open, itemsOfBatch), options.signal)
  }

  /**
   * Whether a value is a ResponseStream, of this copy of the package or of another one in the same program
   * (where `instanceof` says no).
   */
  static is(value: unknown): value is ResponseStream<unknown> {
    return typeof value === 'object' && value !== null && (value as { [brand]?: unknown })[brand] === true
  }

  /** Starts a run on the first `next()`. */
  [Symbol.asyncIterator](): StreamIterator<T> {
    const recipe = recipes.get(this) as Recipe
    return new ReaderIterator(readerOf<T>(recipe), recipe.signal)
  }

  /**
   * The decoded stream, with the same back-pressure, teardown and signal. For anything with `push` and `flush`: a
   * decoder of this package or an object that maps, filters or expands items.
   *
   * A failing decoder closes the source at once; what it decoded before is delivered first. An error of the source, and an abort,
   * goes through the decoder's `fail`, if it has one. A chain of decoders costs no more asynchronous steps than one.
   * @param createDecoder - called once per run, so that no state is shared between runs
   */
  pipeDecoder<O>(createDecoder: () => Decoder<T, O>): ResponseStream<O> {
    const recipe = recipes.get(this) as Recipe
    return construct({ ...recipe, createDecoders: [...recipe.createDecoders, createDecoder as CreateDecoder] })
  }

  /**
   * One run as a web stream, for `Response` bodies, transforms and workers. The source is opened by the first read and
   * never read ahead; `cancel(reason)` closes it at once with that reason.
   */
  toReadableStream(): ReadableStream<T> {
    const iterator = this[Symbol.asyncIterator]()
    return new ReadableStream<T>(
      {
        pull: async (controller) => {
          const result = await iterator.next()
          if (result.done === true) controller.close()
          else controller.enqueue(result.value)
        },
        cancel: (reason) => iterator.throw(reason).then(undefined, () => {}),
      },
      { highWaterMark: 0 },
    )
  }
}
