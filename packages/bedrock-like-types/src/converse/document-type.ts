/**
 * A JSON value as the Bedrock SDK names it: what a tool receives, what a schema is made of.
 *
 * For output and for values in transit. Arrays are mutable on purpose: the SDK's own type has mutable arrays,
 * and a value of this type can be used wherever the SDK's `DocumentType` is wanted.
 *
 * @public
 */
export type DocumentType = null | boolean | number | string | DocumentType[] | { [member: string]: DocumentType }

/**
 * A JSON value that a caller passes in: any `DocumentType`, and also values that TypeScript does not accept
 * there although they are JSON, such as read-only arrays (`as const`) and objects whose type is an interface.
 *
 * @public
 */
export type InputDocument = DocumentType | object
