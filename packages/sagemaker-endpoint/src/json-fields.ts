/** A JSON object whose members are not known yet. */
export type JsonObject = Readonly<Record<string, unknown>>

/** Whether a parsed JSON value is an object; arrays, and typed arrays in their place, are not. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value)
}

/** The value of JSON text; `undefined` if it is none. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A member of any type; `undefined` if the value is no object. */
export function memberIn(value: unknown, member: string): unknown {
  return isJsonObject(value) ? value[member] : undefined
}

/** A member that has to be an object; an empty object if it is not. */
export function objectIn(value: unknown, member: string): JsonObject {
  const found = memberIn(value, member)
  return isJsonObject(found) ? found : {}
}

/** A member that has to be an array; an empty array if it is not. */
export function arrayIn(value: unknown, member: string): readonly unknown[] {
  const found = memberIn(value, member)
  return Array.isArray(found) ? found : []
}

/** A member that has to be text; `undefined` if it is not. */
export function stringIn(value: unknown, member: string): string | undefined {
  const found = memberIn(value, member)
  return typeof found === 'string' ? found : undefined
}

/** A member that has to be a number; `undefined` if it is not. */
export function numberIn(value: unknown, member: string): number | undefined {
  const found = memberIn(value, member)
  return typeof found === 'number' ? found : undefined
}

/** A member that has to be a count; `undefined` if it is not a whole number from 0. */
export function countIn(value: unknown, member: string): number | undefined {
  const found = numberIn(value, member)
  return found !== undefined && Number.isInteger(found) && found >= 0 ? found : undefined
}
