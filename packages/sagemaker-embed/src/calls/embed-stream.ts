import type { EmbeddedText, EmbedSource, EmbeddingVector, FailedText, IdentifiedText } from '@x/bedrock-like-types'
import { SagemakerError } from '@x/sagemaker-endpoint'
import { runSignal } from '@x/sagemaker-endpoint/model-kit'
import { batch, fromObservable, ResponseStream } from '@x/stream-core'
import { denseTexts } from './ability.ts'
import { textOf } from './embed-inputs.ts'
import type { CallSettings, EmbeddingCalls } from './embedding-calls.ts'
import { EmbeddingRun } from './embedding-run.ts'

/** A text of the source and its position there. */
interface SourceText {
  readonly index: number
  readonly id: string | undefined
  readonly text: string
}

/**
 * A text that got no vector.
 *
 * @public
 */
export interface RefusedText extends FailedText {
  /** Why there is no vector; it has the `index` and `id` of the text. */
  readonly error: SagemakerError
}

/**
 * What `embedStream` yields.
 *
 * @public
 */
export type EmbedResult<V extends EmbeddingVector = EmbeddingVector> = EmbeddedText<V> | RefusedText

/**
 * Embeds the texts of a source and yields the results batch by batch, in the order of the source.
 *
 * @param left - aborts if the consumer leaves.
 * @throws {SagemakerError} After all results before the failure; also what the source throws.
 */
export async function* embedSource(
  calls: EmbeddingCalls,
  source: EmbedSource,
  settings: CallSettings,
  onError: 'throw' | 'skip',
  left: AbortSignal,
): AsyncGenerator<readonly EmbedResult[], void, undefined> {
  const { signal } = settings
  const run = new EmbeddingRun(calls, settings, Array.isArray(source) ? source.length : undefined)
  const ending = runSignal(calls.endpointName, signal, left)
  try {
    const ability = denseTexts(calls.handler, calls.callOf(settings))
    const engine = calls.engineFor(ability.format.limits)
    const groupSize = engine.limits.maxItems
    const groups = textGroups(source, groupSize, ending.signal, run)
    const itemOf = ({ text }: SourceText): string => calls.instructed(settings.kind, text)
    const batches = engine.stream({ groups, groupSize, itemOf }, run.batchRun(ability, onError, ending.signal))
    for await (const outcomes of batches) {
      const results: EmbedResult[] = []
      for (const { source: text, outcome } of outcomes) {
        const { result, error } = outcome
        if (error === undefined) {
          results.push({ ...text, embedding: result })
          continue
        }
        const failure = error.with({ index: text.index, id: text.id })
        if (onError === 'throw') {
          if (results.length > 0) yield results
          throw failure
        }
        results.push({ ...text, error: failure })
      }
      yield results
    }
    run.end(false)
  } catch (error) {
    const failure: unknown = ending.signal.aborted ? ending.signal.reason : error
    if (!left.aborted) run.fail(failure)
    throw failure
  } finally {
    // Also reached when the consumer leaves, which is not an error.
    if (signal?.aborted === true) run.fail(ending.signal.reason)
    else run.end(true)
    ending.release()
  }
}

/** How long the first text of a group waits for others, in milliseconds, so that a slow source gets its vectors. */
const fillWithinMs = 50

/**
 * Yields the texts of a source in groups of up to `size`, read as they are needed. The source is closed when the signal aborts,
 * also while a read is pending. Texts before an invalid item are yielded first.
 *
 * @throws {SagemakerError} `invalid-request` if the source is a single string, which would be split into its characters, or
 * neither an iterable nor an Observable.
 */
async function* textGroups(
  source: EmbedSource,
  size: number,
  signal: AbortSignal,
  run: EmbeddingRun,
): AsyncGenerator<readonly SourceText[], void, undefined> {
  // An iterable never waits, and a timer for each text would be its largest cost.
  const maxWaitMs = Symbol.iterator in Object(source) ? undefined : fillWithinMs
  let count = 0
  for await (const items of batch<string | IdentifiedText>({ maxItems: size, maxWaitMs })(pulled(source, signal))) {
    const texts: SourceText[] = []
    try {
      for (const item of items) texts.push(sourceText(item, count + texts.length))
    } catch (error) {
      yield texts
      throw error
    }
    count += texts.length
    yield texts
  }
  run.total = count
}

function sourceText(item: string | IdentifiedText, index: number): SourceText {
  return { index, id: typeof item === 'string' ? undefined : item?.id, text: textOf(item, index) }
}

/** A source that is both an iterable and an Observable is iterated. */
function pulled(source: EmbedSource, signal: AbortSignal): ResponseStream<string | IdentifiedText> {
  if (typeof source === 'string') throw invalidSource('a single string: pass an array of texts')
  if (Symbol.asyncIterator in source || Symbol.iterator in source) return ResponseStream.from(() => source, { signal })
  if ('subscribe' in source) return fromObservable(source, { signal })
  throw invalidSource('neither an iterable, an async iterable nor an Observable')
}

function invalidSource(what: string): SagemakerError {
  return new SagemakerError('invalid-request', `the source is ${what}`)
}
