import type { RunEvent } from '../../protocol/run-event.ts'

const maxLength = 20_000

/** What was sent, or what was received, as text to read: JSON is indented, and what is very long ends with a note. */
export function shownBody(events: readonly RunEvent[]): string {
  const request = events.length === 1 ? events.find((event) => event.type === 'request') : undefined
  const text = request?.body ?? receivedText(events)
  const shown = indented(text)
  if (shown.length <= maxLength) return shown
  return `${shown.slice(0, maxLength)}\n… and ${(shown.length - maxLength).toLocaleString('en-US')} more characters`
}

function receivedText(events: readonly RunEvent[]): string {
  const decoder = new TextDecoder()
  let text = ''
  for (const event of events) {
    if (event.type !== 'part') continue
    text += decoder.decode(
      Uint8Array.from(atob(event.bytes), (character) => character.charCodeAt(0)),
      { stream: true },
    )
    if (text.length > 10 * maxLength) break
  }
  return text + decoder.decode()
}

function indented(text: string): string {
  try {
    // Lists of numbers stay on one line.
    return JSON.stringify(JSON.parse(text), undefined, 2).replaceAll(/\[[\s\d.,eE+-]+\]/g, (list) =>
      list.replaceAll(/\s+/g, ' '),
    )
  } catch {
    return text
  }
}
