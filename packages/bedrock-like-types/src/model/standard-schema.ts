/**
 * What a Standard Schema says about a value that it did not accept.
 *
 * @public
 */
export interface StandardSchemaIssue {
  /** What is wrong. */
  readonly message: string
  /** Where in the value, from the outside to the inside. */
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[] | undefined
}

/**
 * The outcome of a validation by a Standard Schema: the value, or why there is none.
 *
 * @public
 */
export type StandardSchemaResult<Output> =
  | { readonly value: Output; readonly issues?: undefined }
  | { readonly issues: readonly StandardSchemaIssue[] }

/**
 * A schema of zod, valibot, arktype or any other library that follows https://standardschema.dev. `jsonSchema` belongs to
 * version 1.1 of that specification; libraries without it need a JSON schema beside it.
 *
 * @public
 */
export interface StandardSchema<Output = unknown> {
  /** What the specification asks of a schema. */
  readonly '~standard': {
    /** Version of the specification. */
    readonly version: 1
    /** Name of the library. */
    readonly vendor: string
    /** Checks a value, and returns it as the schema wants it or says why not. */
    readonly validate: (value: unknown) => StandardSchemaResult<Output> | Promise<StandardSchemaResult<Output>>
    /** Writes the schema as JSON schema. */
    readonly jsonSchema?:
      | {
          /** The JSON schema of the values that are accepted. A method: zod names the targets it knows, which a function type refuses. */
          input(options: { readonly target: string }): Record<string, unknown>
        }
      | undefined
    /** The types that the schema stands for. Exists for the compiler only. */
    readonly types?: { readonly input: unknown; readonly output: Output } | undefined
  }
}
