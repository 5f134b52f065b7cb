/** A JSON object with unchecked members. */
export type JsonObject = Readonly<Record<string, unknown>>

/** A member of a request that has the wrong type. */
export class FieldError extends Error {
  readonly field: string

  constructor(field: string, expected: string) {
    super(`\`${field}\` must be ${expected}`)
    this.field = field
  }
}

export function isObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/**
 * Returns readers for the optional members of an object, one per type. A member that is null counts as absent, as in most servers.
 * @throws {FieldError} if a member has another type.
 */
export function fieldsOf(object: JsonObject): Fields {
  const read =
    <T>(expected: string, matches: (value: unknown) => value is T) =>
    (name: string): T | undefined => {
      const value = object[name] ?? undefined
      if (value === undefined || matches(value)) return value
      throw new FieldError(name, expected)
    }
  return {
    string: read('a string', (value): value is string => typeof value === 'string'),
    number: read('a number', (value): value is number => typeof value === 'number'),
    integer: read('an integer', (value): value is number => Number.isInteger(value)),
    boolean: read('a boolean', (value): value is boolean => typeof value === 'boolean'),
    strings: read('an array of strings', isStrings),
    object: read('an object', isObject),
    array: read('an array', (value): value is readonly unknown[] => Array.isArray(value)),
  }
}

/** Readers for the members of a JSON object. */
export interface Fields {
  string(name: string): string | undefined
  number(name: string): number | undefined
  integer(name: string): number | undefined
  boolean(name: string): boolean | undefined
  strings(name: string): readonly string[] | undefined
  object(name: string): JsonObject | undefined
  array(name: string): readonly unknown[] | undefined
}

export function isStrings(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((item) => typeof item === 'string')
}

/** Parses JSON. Returns the value, or the error message of the parser. */
export function parseJson(text: string): { readonly value: unknown } | { readonly error: string } {
  try {
    return { value: JSON.parse(text) }
  } catch (error) {
    return { error: (error as SyntaxError).message }
  }
}
