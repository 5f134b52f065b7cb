import { StringDecoder } from 'node:string_decoder'
import { createParser } from 'eventsource-parser'

export type TextDecoding = 'StringDecoder' | 'TextDecoder'

/** Server-sent events to data strings. It takes text, and leaves it to its user to decode the bytes. */
export function readWithEventsourceParser(
  chunks: readonly Uint8Array[],
  decoding: TextDecoding,
  take: (data: string) => void,
): void {
  const parser = createParser({ onEvent: ({ data }) => take(data) })
  if (decoding === 'StringDecoder') {
    const decoder = new StringDecoder('utf8')
    for (const chunk of chunks) parser.feed(decoder.write(chunk))
    return
  }
  const decoder = new TextDecoder()
  for (const chunk of chunks) parser.feed(decoder.decode(chunk, { stream: true }))
}
