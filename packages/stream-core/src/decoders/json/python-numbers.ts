/**
 * Parses JSON in which Python's `json.dumps` has written numbers that JSON does not have. `Infinity` and `-Infinity` become the
 * numbers; `NaN` becomes null, as `JSON.stringify` writes it. Nothing within strings is changed.
 *
 * @throws {SyntaxError} if the text is not JSON in any other respect
 */
export function parseWithPythonNumbers(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch (error) {
    const replaced = replaceOutsideStrings(json)
    if (replaced === json) throw error
    return JSON.parse(replaced)
  }
}

function replaceOutsideStrings(json: string): string {
  let replaced = ''
  let position = 0
  while (position < json.length) {
    const quote = json.indexOf('"', position)
    const end = quote === -1 ? json.length : quote
    replaced += json.slice(position, end).replaceAll('Infinity', '1e999').replaceAll('NaN', 'null')
    position = quote === -1 ? end : endOfString(json, quote)
    replaced += json.slice(end, position)
  }
  return replaced
}

/** The index after the string that starts with the quote at `start`. */
function endOfString(json: string, start: number): number {
  let index = start + 1
  while (index < json.length && json[index] !== '"') index += json[index] === '\\' ? 2 : 1
  return Math.min(index + 1, json.length)
}
