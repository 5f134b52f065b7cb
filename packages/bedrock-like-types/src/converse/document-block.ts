import type { CitationsConfig } from './citations-configuration.ts'
import type { InputUnion } from './input-union.ts'
import type { S3Location } from './s3-location.ts'

/**
 * The format of a document, by file extension.
 *
 * @public
 */
export type DocumentFormat = 'csv' | 'doc' | 'docx' | 'html' | 'md' | 'pdf' | 'txt' | 'xls' | 'xlsx'

/**
 * A piece of a document that is passed in as text.
 *
 * @public
 */
export type DocumentContentBlock = InputUnion<{
  /** A passage of the document. */
  readonly text: string
}>

/**
 * Where a document is: its bytes, an object in S3, text, or several pieces of text.
 *
 * @public
 */
export type DocumentSource = InputUnion<{
  /** The file itself. */
  readonly bytes: Uint8Array
  /** The file in S3. */
  readonly s3Location: S3Location
  /** The document as text. */
  readonly text: string
  /** The document as several pieces of text. */
  readonly content: readonly DocumentContentBlock[]
}>

/**
 * A document in a message.
 *
 * @public
 */
export interface DocumentBlock {
  /** The format of the file. */
  readonly format?: DocumentFormat | undefined
  /** The name by which the model knows the document. */
  readonly name: string | undefined
  /** The content, in one of its forms. */
  readonly source: DocumentSource | undefined
  /** What the document is about, for the model. */
  readonly context?: string | undefined
  /** Whether the model is to cite it. */
  readonly citations?: CitationsConfig | undefined
}
