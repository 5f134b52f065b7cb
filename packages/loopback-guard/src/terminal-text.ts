/**
 * Text that others wrote, safe to print to a terminal: control characters (C0 but line feed and tab, DEL, C1) and the controls of
 * bidirectional text are shown as visible symbols, so that no escape sequence and no reordering of the line takes effect. C0 and DEL become
 * the pictures of Unicode's block "Control Pictures" (ESC is `␛`), all others `<U+202E>`.
 */
export function terminalText(text: string): string {
  return text.replace(unsafe, symbolOf)
}

/** The same for a text that has to stay on one line: line feeds and tabs are shown as symbols, too. */
export function terminalLine(text: string): string {
  return terminalText(text).replace(/[\n\t]/g, symbolOf)
}

// Not a typo: these are the characters to find.
// oxlint-disable-next-line no-control-regex
const unsafe = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g

function symbolOf(character: string): string {
  const code = character.charCodeAt(0)
  if (code < 0x20) return String.fromCharCode(0x2400 + code)
  return code === 0x7f ? '␡' : `<U+${code.toString(16).toUpperCase().padStart(4, '0')}>`
}
