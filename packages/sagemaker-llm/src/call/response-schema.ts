import type { ChatResponse, ResponseFormat, StandardSchema } from '@x/bedrock-like-types'
import { SagemakerError } from '@x/sagemaker-endpoint'
import { invalidRequest } from '../contract/invalid-request.ts'

/**
 * The response format with its schema as JSON schema, as content handlers get it.
 *
 * @throws {SagemakerError} `invalid-request` for a Standard Schema that cannot write itself as JSON schema.
 */
export function jsonSchemaFormat(format: ResponseFormat | undefined): ResponseFormat | undefined {
  const schema = standardSchemaOf(format)
  if (format?.type !== 'json' || schema === undefined) return format
  const { vendor, jsonSchema } = schema['~standard']
  if (jsonSchema === undefined) {
    throw invalidRequest(
      `responseFormat.schema: a schema of ${vendor} cannot be written as JSON schema by this version of it; pass a JSON schema`,
    )
  }
  return { ...format, schema: jsonSchema.input({ target: 'draft-2020-12' }) as object }
}

/** The Standard Schema of a response format; `undefined` for a JSON schema, and without a schema. */
export function standardSchemaOf(format: ResponseFormat | undefined): StandardSchema | undefined {
  if (format?.type !== 'json') return undefined
  const { schema } = format
  return typeof schema === 'object' && schema !== null && '~standard' in schema ? (schema as StandardSchema) : undefined
}

/**
 * The response with its text as `json`, parsed and validated by the schema.
 *
 * @throws {SagemakerError} `unexpected-response` for text that is not JSON or does not follow the schema; the text is in `partial`,
 * what is wrong in `cause`.
 */
export async function withJson<T extends Pick<ChatResponse, 'text' | 'response'>>(
  response: T,
  schema: StandardSchema,
  endpointName: string,
): Promise<T & { readonly json: unknown }> {
  const { text } = response
  const failure = (what: string, cause: unknown): SagemakerError =>
    new SagemakerError('unexpected-response', `the answer ${what} (endpoint ${endpointName}).`, {
      endpointName,
      requestId: response.response.requestId,
      statusCode: response.response.statusCode,
      cause,
      partial: { text, bytesReceived: Buffer.byteLength(text) },
    })
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    // The parser's own message quotes the text.
    throw failure('is not JSON', undefined)
  }
  const result = await schema['~standard'].validate(value)
  if (result.issues !== undefined) {
    const cause = new Error(result.issues.map(({ message }) => message).join('; '), { cause: result.issues })
    throw failure('does not follow the schema', cause)
  }
  return { ...response, json: result.value }
}
