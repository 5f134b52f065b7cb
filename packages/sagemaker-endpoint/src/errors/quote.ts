import { printable } from './printable.ts'
import { withoutEchoes } from './echoes.ts'
import { requestTexts } from './request-texts.ts'
import { knownSecrets, withoutCredentials } from './secrets.ts'

/** Most characters of a container's message that go into a message of ours. */
const maxQuoteLength = 300

/** More of a container's message than could ever be quoted; what is beyond is not looked at. */
export const maxReadLength = 4_000

/**
 * A container's message as it may appear in ours: the text of the request and credentials taken out, on one line,
 * without control characters, at most 300 characters.
 *
 * @param request - the body of the request, as bytes or text.
 */
export function quote(message: string, request: string | Uint8Array = ''): string {
  const read = withoutCredentials(message.slice(0, maxReadLength))
  const clean = withoutEchoes(read, [
    { texts: requestTexts(request), placeholder: '[request text]' },
    { texts: knownSecrets(), placeholder: '[credential]' },
  ])
  const line = printable(withoutDumps(clean)).replaceAll(/\s+/g, ' ').trim()
  if (line.length <= maxQuoteLength) return line
  // Not within a surrogate pair.
  return `${line.slice(0, maxQuoteLength - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}

/** Bytes as a debugger prints them, and long runs of base64. */
const dumps: readonly RegExp[] = [/(?:\b[\da-f]{2}[ ,:]){12,}(?:[\da-f]{2}\b)?/gi, /[\w+/=-]{64,}/g]

/** Takes out data in unreadable notations, which may be the request. */
function withoutDumps(text: string): string {
  return dumps.reduce((rest, dump) => rest.replaceAll(dump, replaceDump), text)
}

/** A long word of one kind, such as a line of dashes, is no data. */
function replaceDump(run: string): string {
  const isData = /\d/.test(run) && (/[a-f]/.test(run) || /[A-F]/.test(run))
  return isData && new Set(run).size > 8 ? '[data]' : run
}
