import { UsageError } from '../../command-line.ts'

export interface NumberRange {
  readonly from?: number
  readonly to?: number
  readonly whole?: boolean
}

/** @throws {UsageError} unless the text is a number within the range. */
export function readNumber(option: string, text: string | undefined, range: NumberRange = {}): number | undefined {
  if (text === undefined) return undefined
  const { from = -Infinity, to = Infinity, whole = false } = range
  const value = text.trim() === '' ? Number.NaN : Number(text)
  if (Number.isFinite(value) && value >= from && value <= to && (!whole || Number.isInteger(value))) return value
  const limits = [from > -Infinity ? ` from ${from}` : '', to < Infinity ? ` to ${to}` : ''].join('')
  throw new UsageError(`${option} must be a ${whole ? 'whole ' : ''}number${limits}, not ${text}.`)
}

/** @throws {UsageError} unless the text is one of the words. */
export function readChoice<Word extends string>(
  option: string,
  text: string | undefined,
  words: readonly Word[],
): Word | undefined {
  if (text === undefined) return undefined
  const word = words.find((word) => word === text)
  if (word === undefined) throw new UsageError(`${option} must be one of ${words.join(', ')}, not ${text}.`)
  return word
}

/**
 * Parameters of the container: `name=value`, the value as JSON, or as text where it is none.
 *
 * @throws {UsageError}
 */
export function readParameters(items: readonly string[] | undefined): Record<string, unknown> | undefined {
  if (items === undefined) return undefined
  return Object.fromEntries(
    items.map((item) => {
      const at = item.indexOf('=')
      if (at < 1) throw new UsageError(`--parameter needs name=value, not ${item}.`)
      return [item.slice(0, at), jsonOrText(item.slice(at + 1))]
    }),
  )
}

function jsonOrText(text: string): unknown {
  try {
    return JSON.parse(text) as unknown
  } catch {
    return text
  }
}

/**
 * Reads the name of a content handler, in any case and with or without dashes: `jumpstart-llama2` is `jumpstartLlama2`.
 *
 * @throws {UsageError}
 */
export function readHandlerName(text: string | undefined, names: readonly string[]): string | undefined {
  if (text === undefined) return undefined
  const plain = (name: string): string => name.replaceAll('-', '').toLowerCase()
  return (
    ['auto', ...names].find((name) => plain(name) === plain(text)) ?? readChoice('--handler', text, ['auto', ...names])
  )
}
