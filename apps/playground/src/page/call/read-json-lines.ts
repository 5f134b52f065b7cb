import { LineDecoder } from '@x/stream-core/decoders'

/** Reads one JSON value per line from a response, each as soon as its line is there. */
export async function* readJsonLines(body: ReadableStream<Uint8Array>): AsyncGenerator<readonly unknown[]> {
  const decoder = new LineDecoder()
  const reader = body.getReader()
  try {
    for (;;) {
      const { done, value } = await reader.read()
      const lines = done ? decoder.flush() : decoder.push(value)
      if (lines.length > 0) yield lines.filter((line) => line !== '').map((line): unknown => JSON.parse(line))
      if (done) return
    }
  } finally {
    // Leaving early closes the connection, and with it the call behind it.
    await reader.cancel().catch(() => undefined)
  }
}
