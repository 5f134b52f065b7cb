import { Stream } from 'openai/streaming'
import { streamOf } from './stream-of.ts'

/** Server-sent events to values, as the openai package reads the answer of a chat. */
export async function readWithOpenai(
  chunks: readonly Uint8Array<ArrayBuffer>[],
  take: (value: unknown) => void,
): Promise<void> {
  const response = new Response(streamOf(chunks))
  for await (const value of Stream.fromSSEResponse(response, new AbortController())) take(value)
}
