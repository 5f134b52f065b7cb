import type { InputUnion } from './input-union.ts'

/**
 * A JSON schema that the answer has to follow.
 *
 * @public
 */
export interface JsonSchemaDefinition {
  /** The schema, as JSON text. */
  readonly schema: string | undefined
  /** Name of the schema. */
  readonly name?: string | undefined
  /** What the schema describes, for the model. */
  readonly description?: string | undefined
}

/**
 * Kind of an output format.
 *
 * @public
 */
export type OutputFormatType = 'json_schema'

/**
 * The format itself.
 *
 * @public
 */
export type OutputFormatStructure = InputUnion<{
  /** The answer is JSON that follows this schema. */
  readonly jsonSchema: JsonSchemaDefinition
}>

/**
 * The form that the text of the answer has to have.
 *
 * @public
 */
export interface OutputFormat {
  /** Kind of the format. */
  readonly type: OutputFormatType | undefined
  /** The schema that the answer has to follow. */
  readonly structure: OutputFormatStructure | undefined
}

/**
 * What the answer is to be like.
 *
 * @public
 */
export interface OutputConfig {
  /** The form that the text of the answer has to have. */
  readonly textFormat?: OutputFormat | undefined
  /** How much the model is to think. */
  readonly effort?: string | undefined
}
