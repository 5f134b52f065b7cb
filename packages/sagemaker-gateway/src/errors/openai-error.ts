import type { ClientError } from './client-error.ts'

/**
 * An error in OpenAI's shape.
 *
 * Source: openai/openai-openapi, `ErrorResponse`.
 */
export function openaiError({ message, type, param, openaiCode }: ClientError): object {
  return { error: { message, type, param: param ?? null, code: openaiCode } }
}
