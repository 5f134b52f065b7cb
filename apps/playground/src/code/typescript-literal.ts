/** Lines are broken beyond this many characters, where they can be. */
const width = 90

/**
 * A value of JSON, or bytes, as TypeScript, laid out as formatters do. Members that are `undefined` are left out.
 *
 * @param indentation - Of the line that the literal begins on.
 * @param before - Characters before the literal on that line, without the indentation.
 */
export function typescriptLiteral(value: unknown, indentation = '', before = 0): string {
  const flat = flatLiteral(value)
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return flat
  if (indentation.length + before + flat.length <= width) return flat
  const deeper = `${indentation}  `
  const items = Array.isArray(value)
    ? value.map((item) => typescriptLiteral(item, deeper))
    : members(value).map(([key, member]) => `${key}: ${typescriptLiteral(member, deeper, key.length + 2)}`)
  const [open, close] = Array.isArray(value) ? ['[', ']'] : ['{', '}']
  return [open, ...items.map((item) => `${deeper}${item},`), `${indentation}${close}`].join('\n')
}

function flatLiteral(value: unknown): string {
  if (value instanceof Uint8Array) return `Buffer.from('${base64Of(value)}', 'base64')`
  if (typeof value === 'string') return stringLiteral(value)
  if (Array.isArray(value)) return `[${value.map(flatLiteral).join(', ')}]`
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? '-0' : String(value)
  const items = members(value).map(([key, member]) => `${key}: ${flatLiteral(member)}`)
  return items.length === 0 ? '{}' : `{ ${items.join(', ')} }`
}

const base64Of = (bytes: Uint8Array): string => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))

const members = (value: object): [key: string, value: unknown][] =>
  Object.entries(value)
    .filter(([, member]) => member !== undefined)
    .map(([key, member]) => [propertyName(key), member])

function propertyName(key: string): string {
  // Written any other way, this one would set the prototype.
  if (key === '__proto__') return `['__proto__']`
  return /^[A-Za-z_$][\w$]*$/.test(key) ? key : stringLiteral(key)
}

const shortEscapes: Readonly<Record<string, string>> = {
  '\n': String.raw`\n`,
  '\r': String.raw`\r`,
  '\t': String.raw`\t`,
}

/**
 * What would end the line, cannot be seen, reorders the text around it, or does not survive a clipboard: controls, line
 * separators, marks of direction and of byte order, halves of a surrogate pair.
 */
const unprintable = /[\p{Cc}\u2028\u2029\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFEFF]|\p{Cs}/gu

function stringLiteral(text: string): string {
  const quote = text.includes("'") && !text.includes('"') ? '"' : "'"
  const quoted = text
    .replaceAll('\\', '\\\\')
    .replaceAll(quote, `\\${quote}`)
    .replaceAll(unprintable, (character) => shortEscapes[character] ?? codeUnitEscape(character))
  return `${quote}${quoted}${quote}`
}

const codeUnitEscape = (character: string): string =>
  String.raw`\u${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, '0')}`
