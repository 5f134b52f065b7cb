const mostCharacters = 300

/** Words of a service for a message: at most 300 characters on one line, without control characters and the full stop at the end. */
export function oneLine(text: string): string {
  const line = text
    .replaceAll(/[\s\p{Cc}\p{Cf}]+/gu, ' ')
    .trim()
    .replace(/\.$/, '')
  if (line.length <= mostCharacters) return line
  // A surrogate pair is not cut.
  return `${line.slice(0, mostCharacters - 1).replace(/[\uD800-\uDBFF]$/, '')}…`
}
