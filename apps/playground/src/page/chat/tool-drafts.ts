import * as v from 'valibot'
import { toolsSchema, type RunTool } from '../../protocol/run-request.ts'

export type ParsedTools =
  | { readonly tools: readonly RunTool[]; readonly problem?: undefined }
  | { readonly problem: string; readonly tools?: undefined }

/** What the form starts with when tools are switched on. */
export const exampleTools: string = JSON.stringify(
  [
    {
      name: 'get_weather',
      description: 'The weather in a city',
      inputSchema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
    },
  ],
  undefined,
  2,
)

/** What the form starts with when a schema is asked for. */
export const exampleSchema: string = JSON.stringify(
  {
    type: 'object',
    properties: { city: { type: 'string' }, degrees: { type: 'number' } },
    required: ['city', 'degrees'],
  },
  undefined,
  2,
)

/** Reads the tools from the JSON in the form; empty text means none. */
export function parseToolDrafts(text: string): ParsedTools {
  if (text.trim() === '') return { tools: [] }
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    return { problem: 'The tools are not valid JSON.' }
  }
  const parsed = v.safeParse(toolsSchema, value)
  return parsed.success ? { tools: parsed.output } : { problem: `Tools: ${parsed.issues[0].message}` }
}
