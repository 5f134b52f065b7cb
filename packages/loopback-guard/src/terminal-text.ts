/**
 * Makes text of others safe to print to a terminal: replaces control characters (C0 except for line feed and tab, DEL, C1) and bidirectional
 * controls with visible symbols, so that escape sequences and reordering have no effect. C0 and DEL become symbols of Unicode's block
 * "Control Pictures" (ESC is `␛`), all others a code such as `<U+202E>`. Works on any slice of a text.
 */
export function terminalText(text: string): string {
  return text.replace(unsafe, symbolOf)
}

/** Like {@link terminalText}, for text that must stay on one line: also replaces line feeds and tabs. */
export function terminalLine(text: string): string {
  return terminalText(text).replace(/[\n\t]/g, symbolOf)
}

/** A value as JSON in which every character that {@link terminalText} replaces is escaped, so that it is safe to print and means the same. */
export function jsonForTerminal(value: unknown): string {
  return JSON.stringify(value).replace(
    unsafe,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
}

// oxlint-disable-next-line no-control-regex
const unsafe = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g

function symbolOf(character: string): string {
  const code = character.charCodeAt(0)
  if (code < 0x20) return String.fromCharCode(0x2400 + code)
  return code === 0x7f ? '␡' : `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`
}
