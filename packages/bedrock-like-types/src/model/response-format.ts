import type { InputDocument } from '../converse/document-type.ts'
import type { StandardSchema } from './standard-schema.ts'

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
  /** The answer is one JSON document, with no text around it. */
  readonly type: 'json'
  /**
   * Schema that the answer has to follow: a JSON schema, or a Standard Schema of zod, valibot, arktype or the like, with which the
   * answer has a validated `json`.
   *
   * @defaultValue any JSON
   */
  readonly schema?: InputDocument | StandardSchema | undefined
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
