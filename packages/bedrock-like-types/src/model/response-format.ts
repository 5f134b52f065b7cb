import type { InputDocument } from '../converse/document-type.ts'

/**
 * The answer is free text.
 *
 * @public
 */
export interface TextResponseFormat {
  /** Free text. */
  readonly type: 'text'
}

/**
 * The answer is a JSON document.
 *
 * @public
 */
export interface JsonResponseFormat {
  /** JSON. */
  readonly type: 'json'
  /** JSON schema that the answer has to follow. Default: any JSON. */
  readonly schema?: InputDocument | undefined
  /** Name of the schema, which some containers require. */
  readonly name?: string | undefined
  /** What the schema is for, which some containers show to the model. */
  readonly description?: string | undefined
}

/**
 * The form that the text of the answer has to have.
 *
 * @public
 */
export type ResponseFormat = TextResponseFormat | JsonResponseFormat
