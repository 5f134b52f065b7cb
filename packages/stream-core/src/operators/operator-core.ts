import type { Subscriber } from 'rxjs'
import type { Handlers } from './create-operator.ts'

/**
 * What an operator does with items, whether they are pushed or pulled: it is given items and gives results to a destination.
 */
export interface OperatorCore<T> extends Handlers<T> {
  /** Called when a consumer that pulls wants a result: asks for items if it needs any, and starts what waits for room. */
  resume(): void
  /** The results are no longer wanted, for this reason. The destination is closed right after. */
  cancel?(reason: unknown): void
}

/** What surrounds a core: a source that pushes or is pulled, and a consumer. */
export interface OperatorContext {
  /** Whether items come without being requested, from a plain Observable. Results then go straight to the consumer. */
  readonly isPushed: boolean
  /** Whether the consumer waits for a result; always, where items are pushed. */
  isAwaited(): boolean
  /** How many results wait for a consumer that pulls. */
  untakenResults(): number
  /** Requests more items. Does nothing where items are pushed, or a request is pending. */
  requestItems(): void
  /** Closes the source because of an error whose turn has not come. */
  closeSource(error: unknown): void
}

/** Makes the core of one run. */
export type CreateCore<T, R> = (destination: Subscriber<R>, context: OperatorContext) => OperatorCore<T>
