import type { InvokeResult } from '../../options/invoke-result.ts'
import type { SagemakerError } from '../../errors/sagemaker-error.ts'
import type { Outcome } from './outcome.ts'

/** What is sent to a container. */
export interface BatchRequest {
  readonly body: Uint8Array
  readonly contentType: string
  readonly accept: string
  /** Value of the custom attributes header. */
  readonly customAttributes?: string | undefined
}

/** What a response says about the items of its request. */
export interface BatchAnswer<Result> {
  /** One per item, in the order of the items. An item whose result is missing or unusable has an error. */
  readonly outcomes: readonly Outcome<Result>[]
  /** Tokens of the items, where the container reports them. */
  readonly tokens: number | undefined
}

/**
 * Translates between the items of one call and a container's requests and responses, such as texts and vectors, or documents and
 * scores.
 */
export interface BatchCodec<Item, Result> {
  /**
   * Whether the result of an item depends only on that item, so that items can be sent in any number of requests. A
   * reranker that compares documents with each other is not splittable: its items are sent together or not at all.
   * @defaultValue `true`
   */
  readonly splittable?: boolean | undefined
  /**
   * An item that the container accepts if it accepts any. When requests are refused and none has been accepted yet, this item is
   * sent separately: if it is refused too, the request is at fault and not its items, and the call ends.
   * @defaultValue none: refusals are attributed to items, unless their HTTP status says otherwise
   */
  readonly probe?: Item | undefined
  /** The least number of bytes that an item adds to the body. */
  sizeOf(item: Item): number
  /** Items with the same key have the same result and are sent once per batch. Without this method all items are sent. */
  keyOf?(item: Item): string | undefined
  /** Copies the result of an item for its duplicates, if results can be changed. */
  copy?(result: Result): Result
  /** @throws {SagemakerError} `invalid-request` for items that the container's format cannot express. */
  request(items: readonly Item[]): BatchRequest
  /**
   * Writes another request for the same items after the container has refused one, such as in another format. If that is refused
   * too, the first error counts.
   */
  alternative?(error: SagemakerError, items: readonly Item[]): BatchRequest | undefined
  /**
   * @throws {SagemakerError} The container's own error, if the response is one; `unexpected-response` if it is not certain
   * which result belongs to which item. Several items are then sent again in smaller requests.
   */
  read(response: InvokeResult, items: readonly Item[], request: BatchRequest): BatchAnswer<Result>
}
