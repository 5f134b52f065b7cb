/**
 * A JSON value. Declared here, because the declarations of the AI SDK's major versions differ in this and nothing else that is used:
 * with this one, models fit both, whichever version of `@ai-sdk/provider` is installed beside them.
 *
 * @public
 */
export type JsonValue = null | string | number | boolean | JsonObject | JsonValue[]

/**
 * A JSON object.
 *
 * @public
 */
export type JsonObject = { [name: string]: JsonValue | undefined }
