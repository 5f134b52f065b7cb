import {
  containerError,
  type EndpointOptions,
  json,
  type LocalRuntime,
  type LocalRuntimeOptions,
  scripted,
  startLocalRuntime,
} from '@x/sagemaker-local'
import type { ModelCodec } from '@x/bedrock-like-types'
import { SagemakerError } from '@x/sagemaker-endpoint'

/** A codec of texts: `{ texts }` is sent, `{ lengths }` comes back. A length of -1 is a text that cannot be measured. */
export function lengthCodec(maxItems?: number): ModelCodec<string, number> {
  const request = async (texts: readonly string[]) => ({
    body: new TextEncoder().encode(JSON.stringify({ texts })),
    contentType: 'application/json',
    accept: 'application/json',
    warnings: [],
  })
  const split = async (body: Uint8Array, texts: readonly string[]): Promise<readonly (number | Error)[]> => {
    const { lengths } = JSON.parse(new TextDecoder().decode(body)) as { lengths?: readonly number[] }
    if (lengths?.length !== texts.length) throw new SagemakerError('unexpected-response', 'no lengths.')
    return lengths.map((length) => (length < 0 ? new SagemakerError('model-error', 'cannot be measured.') : length))
  }
  return {
    name: 'length',
    request: (text) => request([text]),
    response: async (body, text) => {
      const [outcome] = await split(body, [text])
      if (outcome instanceof Error) throw outcome
      return outcome as number
    },
    batch: maxItems === undefined ? undefined : { maxItems, join: request, split },
  }
}

/** An endpoint `e` that measures texts, and how often it was asked for each. */
export interface CountingRuntime extends AsyncDisposable {
  readonly runtime: LocalRuntime
  /** How often each text was sent. */
  readonly sent: ReadonlyMap<string, number>
  /** Texts per request. */
  readonly sizes: readonly number[]
  /** Forgets what was sent. */
  reset(): void
}

/**
 * Starts it. A request with a text that contains `poison` is refused as a whole; a text that contains `deaf` is not measured.
 *
 * @param options - `delayMs` before each answer
 */
export async function startCountingRuntime(
  options: Omit<LocalRuntimeOptions, 'endpoints'> & {
    readonly delayMs?: number
    readonly endpoint?: Omit<EndpointOptions, 'model'>
  } = {},
): Promise<CountingRuntime> {
  const sent = new Map<string, number>()
  const sizes: number[] = []
  const { delayMs = 0, endpoint, ...rest } = options
  const model = scripted(async (request) => {
    const { texts } = JSON.parse(request.text) as { texts: readonly string[] }
    sizes.push(texts.length)
    for (const text of texts) sent.set(text, (sent.get(text) ?? 0) + 1)
    if (delayMs > 0) await new Promise((resolve) => setTimeout(resolve, delayMs))
    if (texts.some((text) => text.includes('poison'))) {
      return containerError(400, 'a text is poisoned')
    }
    return json({ lengths: texts.map((text) => (text.includes('deaf') ? -1 : text.length)) })
  })
  const runtime = await startLocalRuntime({ ...rest, endpoints: { e: { model, ...endpoint } } })
  const reset = (): void => {
    sent.clear()
    sizes.length = 0
  }
  return { runtime, sent, sizes, reset, [Symbol.asyncDispose]: () => runtime.close() }
}

/** Rows with texts of different lengths. */
export function textRows(count: number, text = (index: number): string => `text ${'x'.repeat(index % 7)} ${index}`) {
  return Array.from({ length: count }, (_, index) => ({ id: `id-${index}`, input: text(index) }))
}
