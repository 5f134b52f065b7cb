import type { SagemakerEndpoint, InvokeMetadata } from '@x/sagemaker-endpoint'
import { JsonSequenceDecoder } from '@x/stream-core/decoders'
import { probeBody } from './probe.ts'

/** How the values of an answer are told apart. */
export type Framing = 'server-sent-events' | 'json-lines' | 'document'

/** What came back. */
export interface ProbedAnswer {
  readonly framing: Framing
  /** JSON values, in order; none when the answer is not JSON. */
  readonly values: readonly unknown[]
  readonly metadata: InvokeMetadata | undefined
  readonly durationMs: number
}

/**
 * Makes the one call, without a second attempt.
 *
 * @throws {SagemakerError}
 */
export async function readAnswer(
  endpoint: SagemakerEndpoint,
  model: string | undefined,
  signal: AbortSignal,
): Promise<ProbedAnswer> {
  const startedAt = performance.now()
  let metadata: InvokeMetadata | undefined
  const parts: Uint8Array[] = []
  const answer = endpoint.invokeStream(JSON.stringify(probeBody(model)), {
    signal,
    retry: { maxAttempts: 1 },
    onResponse: (response) => (metadata = response),
  })
  for await (const part of answer) parts.push(part)
  const bytes = Buffer.concat(parts)
  const values = valuesOf(bytes)
  return { framing: framingOf(bytes, values), values, metadata, durationMs: performance.now() - startedAt }
}

function valuesOf(bytes: Uint8Array): unknown[] {
  const decoder = new JsonSequenceDecoder()
  try {
    const values = [...decoder.push(bytes), ...decoder.flush()]
    return values.filter((value) => typeof value !== 'symbol')
  } catch {
    return []
  }
}

/** By the bytes: the content type is often another one. */
function framingOf(bytes: Buffer, values: readonly unknown[]): Framing {
  if (/^\s*(data|event|id|retry)?:/.test(bytes.toString('utf8', 0, 100))) return 'server-sent-events'
  return values.length > 1 ? 'json-lines' : 'document'
}
