import { parseJsonEventStream } from '@ai-sdk/provider-utils'
import { z } from 'zod'
import { streamOf } from './stream-of.ts'

const anything = z.unknown()

/** Server-sent events to values, as the providers of the AI SDK read them. The schema takes anything: it costs next to nothing. */
export async function readWithAiSdk(
  chunks: readonly Uint8Array<ArrayBuffer>[],
  take: (value: unknown) => void,
): Promise<void> {
  const stream = parseJsonEventStream({ stream: streamOf(chunks), schema: anything })
  for await (const result of stream) {
    if (!result.success) throw result.error
    take(result.value)
  }
}
