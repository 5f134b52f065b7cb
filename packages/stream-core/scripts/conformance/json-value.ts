/** A value as it is in the corpus: JSON in a separate object, or the marker `[DONE]`. */
export type JsonValue = { readonly json: unknown } | { readonly done: true }

export const json = (value: unknown): JsonValue => ({ json: value })

export const done: JsonValue = { done: true }
