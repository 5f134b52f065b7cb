/**
 * Values as JSON, so that vectors keep their type and every bit: a typed array is `{ "$type": "float32", "base64": "..." }` with its
 * elements in little-endian order. An object that has a member `$type` is `{ "$type": "object", "value": { ... } }`.
 */
const arrayTypes = {
  float32: Float32Array,
  float64: Float64Array,
  int8: Int8Array,
  int16: Int16Array,
  int32: Int32Array,
  uint8: Uint8Array,
  uint16: Uint16Array,
  uint32: Uint32Array,
}

type ArrayType = keyof typeof arrayTypes
type TypedArray = InstanceType<(typeof arrayTypes)[ArrayType]>

/** Writes a value as JSON on one line. `undefined` becomes `null`. */
export function encodeValue(value: unknown): string {
  return JSON.stringify(value, replaceMember) ?? 'null'
}

/** Reads what `encodeValue` has written. */
export function decodeValue(text: string): unknown {
  const value: unknown = JSON.parse(text)
  return text.includes('"$type"') ? revive(value) : value
}

/** Replaces a member by its stored form. `JSON.stringify` passes what `toJSON` returned, so the value itself is read from its holder. */
function replaceMember(this: unknown, key: string, converted: unknown): unknown {
  const value = (this as Readonly<Record<string, unknown>>)[key]
  if (typeof value === 'bigint') return value.toString()
  if (typeof value !== 'object' || value === null) return converted
  if (ArrayBuffer.isView(value)) {
    const type = typeOf(value)
    if (type !== undefined) return { [stored]: true, $type: type, base64: base64Of(value) }
  }
  if (Object.hasOwn(value, '$type') && !Object.hasOwn(value, stored)) {
    return { [stored]: true, $type: 'object', value: { [stored]: true, ...value } }
  }
  return converted
}

/** Marks objects that are in their stored form already. `JSON.stringify` ignores symbols. */
const stored = Symbol('stored')

function typeOf(view: ArrayBufferView): ArrayType | undefined {
  return (Object.keys(arrayTypes) as ArrayType[]).find((type) => view instanceof arrayTypes[type])
}

function base64Of(view: ArrayBufferView): string {
  return Buffer.from(view.buffer, view.byteOffset, view.byteLength).toString('base64')
}

function revive(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(revive)
  if (typeof value !== 'object' || value === null) return value
  const { $type: type, base64, value: inner } = value as Readonly<Record<string, unknown>>
  if (type === 'object') return reviveMembers(inner as object)
  if (typeof type === 'string' && Object.hasOwn(arrayTypes, type) && typeof base64 === 'string') {
    return typedArray(type as ArrayType, base64)
  }
  return reviveMembers(value)
}

function reviveMembers(value: object): object {
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, revive(member)]))
}

function typedArray(type: ArrayType, base64: string): TypedArray {
  // A separate copy, because a buffer of the pool is not aligned.
  const bytes = Uint8Array.from(Buffer.from(base64, 'base64'))
  return new arrayTypes[type](bytes.buffer)
}
