/** A JSON object whose members are not known yet. */
export type JsonObject = Readonly<Record<string, unknown>>

/** Whether a parsed JSON value is an object. Arrays and typed arrays are not. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !ArrayBuffer.isView(value)
}

/** Parses JSON; `undefined` for text that is not JSON. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

/** A member of any type; `undefined` if the value is not an object. */
export function memberIn(value: unknown, member: string): unknown {
  return isJsonObject(value) ? value[member] : undefined
}

/** An object member; an empty object if the member is anything else. */
export function objectIn(value: unknown, member: string): JsonObject {
  const found = memberIn(value, member)
  return isJsonObject(found) ? found : {}
}

/** An array member; an empty array if the member is anything else. */
export function arrayIn(value: unknown, member: string): readonly unknown[] {
  const found = memberIn(value, member)
  return Array.isArray(found) ? found : []
}

/** A string member; `undefined` if the member is anything else. */
export function stringIn(value: unknown, member: string): string | undefined {
  const found = memberIn(value, member)
  return typeof found === 'string' ? found : undefined
}

/** A number member; `undefined` if the member is anything else. */
export function numberIn(value: unknown, member: string): number | undefined {
  const found = memberIn(value, member)
  return typeof found === 'number' ? found : undefined
}

/** A non-negative integer member; `undefined` if the member is anything else. */
export function countIn(value: unknown, member: string): number | undefined {
  const found = numberIn(value, member)
  return found !== undefined && Number.isInteger(found) && found >= 0 ? found : undefined
}
