import type { OutputConfig, ResponseFormat } from '@x/bedrock-like-types'
import { refuseMember } from './refuse-member.ts'

/**
 * The JSON schema of a Converse request.
 *
 * @throws {SagemakerError} `invalid-request` for `effort`, and for a schema that is not JSON.
 */
export function responseFormatOf({ textFormat, effort }: OutputConfig = {}): ResponseFormat | undefined {
  if (effort !== undefined) {
    throw refuseMember(
      'outputConfig.effort',
      "containers have no common parameter for it, use the container's own in additionalModelRequestFields",
    )
  }
  if (textFormat === undefined) return undefined
  const path = 'outputConfig.textFormat.structure.jsonSchema'
  const { schema, name } = textFormat.structure?.jsonSchema ?? {}
  if (schema === undefined) throw refuseMember(`${path}.schema`, 'is missing')
  return { type: 'json', schema: parsedSchema(schema, `${path}.schema`), name }
}

function parsedSchema(text: string, path: string): object {
  try {
    const schema: unknown = JSON.parse(text)
    if (typeof schema === 'object' && schema !== null) return schema
  } catch {
    // Said below, without the parser's words: they quote the text.
  }
  throw refuseMember(path, 'is not the JSON text of an object')
}
