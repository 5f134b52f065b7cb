import type { ResponseFormat } from '@x/bedrock-like-types'

/** OpenAI's `response_format`; `undefined` for free text, which needs none. */
export function openaiResponseFormat(format: ResponseFormat | undefined): object | undefined {
  if (format?.type !== 'json') return undefined
  if (format.schema === undefined) return { type: 'json_object' }
  return { type: 'json_schema', json_schema: { name: format.name ?? 'answer', schema: format.schema, strict: true } }
}
