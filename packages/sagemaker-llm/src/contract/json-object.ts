/** A JSON object whose members are not known yet. */
export type JsonObject = Readonly<Record<string, unknown>>

/** Whether a parsed JSON value is an object; arrays are not. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** A member that has to be an object; an empty object if it is not. */
export function objectIn(value: unknown, member: string): JsonObject {
  const found = isJsonObject(value) ? value[member] : undefined
  return isJsonObject(found) ? found : {}
}

/** A member that has to be an array; an empty array if it is not. */
export function arrayIn(value: unknown, member: string): readonly unknown[] {
  const found = isJsonObject(value) ? value[member] : undefined
  return Array.isArray(found) ? found : []
}

/** A member that has to be text; `undefined` if it is not. */
export function stringIn(value: unknown, member: string): string | undefined {
  const found = isJsonObject(value) ? value[member] : undefined
  return typeof found === 'string' ? found : undefined
}

/** A member that has to be a count; `undefined` if it is not a whole number from 0. */
export function countIn(value: unknown, member: string): number | undefined {
  const found = isJsonObject(value) ? value[member] : undefined
  return typeof found === 'number' && Number.isInteger(found) && found >= 0 ? found : undefined
}
