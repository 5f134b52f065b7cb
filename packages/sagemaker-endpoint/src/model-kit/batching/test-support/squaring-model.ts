import { parseContainerErrorText } from '../../../errors/container-error.ts'
import { errorFromContainer } from '../../../errors/to-error.ts'
import { SagemakerError } from '../../../errors/sagemaker-error.ts'
import type { SagemakerEndpoint } from '../../../sagemaker-endpoint.ts'
import type { BatchCodec } from '../batch-codec.ts'
import type { Outcome } from '../outcome.ts'

/** An item that is no text: a number, and what the container makes of it. */
export interface Item {
  readonly value: number
  /**
   * `refused`: the container refuses every request that has it. `missing`: its result is `null`. `dropped`: the response leaves
   * it out, so that the rest of it is in no known order. `garbled`: the whole response is cut off.
   */
  readonly fate?: 'refused' | 'missing' | 'dropped' | 'garbled' | undefined
}

export const item = (value: number, fate?: Item['fate']): Item => ({ value, fate })

type Received = readonly Item[]

/** A container that squares numbers, and a codec for it. */
export interface SquaringModel {
  readonly endpoint: Pick<SagemakerEndpoint, 'endpointName' | 'invoke'>
  readonly codec: BatchCodec<Item, number>
  /** The items of every request so far. */
  readonly received: Received[]
  /** Most requests that were in flight at once. */
  readonly mostInFlight: () => number
}

const endpointName = 'squares'

/** What the container says; the status is the container's own. */
export function refusal(status: number, words: string): SagemakerError {
  return errorFromContainer(parseContainerErrorText(JSON.stringify({ error: words }), status), { endpointName })
}

/**
 * @param refuse - what else the container refuses.
 * @param delayMs - how long a request takes.
 */
export function squaringModel(
  refuse: (items: Received, requests: number) => SagemakerError | undefined = () => undefined,
  delayMs: (items: Received) => number = () => 0,
): SquaringModel {
  const received: Received[] = []
  let inFlight = 0
  let mostInFlight = 0
  const invoke = async (body: Uint8Array | string, options: { readonly signal?: AbortSignal | undefined } = {}) => {
    options.signal?.throwIfAborted()
    const items = JSON.parse(new TextDecoder().decode(body as Uint8Array)) as Received
    received.push(items)
    const requests = received.length
    inFlight++
    mostInFlight = Math.max(mostInFlight, inFlight)
    await new Promise((resolve) => setTimeout(resolve, delayMs(items)))
    inFlight--
    options.signal?.throwIfAborted()
    const error = refuse(items, requests)
    if (error !== undefined) throw error
    if (items.some(({ fate }) => fate === 'refused')) throw refusal(400, 'one of the numbers is refused')
    const squares = items
      .filter(({ fate }) => fate !== 'dropped')
      .map(({ value, fate }) => (fate === 'missing' ? null : value ** 2))
    const text = JSON.stringify(squares)
    const cut = items.some(({ fate }) => fate === 'garbled') ? text.slice(0, -1) : text
    return { body: new TextEncoder().encode(cut), metadata: { attempts: 1, requestId: `r${requests}` } }
  }
  return {
    endpoint: { endpointName, invoke: invoke as unknown as SagemakerEndpoint['invoke'] },
    codec: squares,
    received,
    mostInFlight: () => mostInFlight,
  }
}

const squares: BatchCodec<Item, number> = {
  probe: item(0),
  sizeOf: (one) => JSON.stringify(one).length + 1,
  request: (items) => ({
    body: new TextEncoder().encode(JSON.stringify(items)),
    contentType: 'application/json',
    accept: 'application/json',
  }),
  read: ({ body }, items) => ({
    outcomes: readSquares(new TextDecoder().decode(body), items.length),
    tokens: items.length,
  }),
}

function readSquares(text: string, count: number): Outcome<number>[] {
  let values: unknown
  try {
    values = JSON.parse(text)
  } catch (cause) {
    throw new SagemakerError('unexpected-response', 'not JSON.', { endpointName, cause })
  }
  if (!Array.isArray(values) || values.length !== count) {
    throw new SagemakerError('unexpected-response', `expected ${count} squares.`, { endpointName })
  }
  return values.map((value: unknown) =>
    typeof value === 'number'
      ? { result: value }
      : { error: new SagemakerError('unexpected-response', 'a square is missing.', { endpointName }) },
  )
}
