/** Members whose values are words of the protocol or options of the call, not texts of the caller. */
const optionMembers: ReadonlySet<string> = new Set([
  'dtype',
  'embed_dtype',
  'embedding_types',
  'encoding_format',
  'input_type',
  'inputType',
  'model',
  'object',
  'output_dtype',
  'prompt_name',
  'reasoning_effort',
  'role',
  'task',
  'tool_choice',
  'truncate',
  'truncation_direction',
  'type',
])

/** The texts of a request: the strings of JSON except options, or the whole of any other body. */
export function* requestTexts(request: string | Uint8Array): Generator<string> {
  if (request.length === 0) return
  const text = typeof request === 'string' ? request : new TextDecoder().decode(request)
  let value: unknown
  try {
    value = JSON.parse(text)
  } catch {
    yield text
    return
  }
  // A stack instead of recursion: JSON may be nested deeper than calls may be.
  const left: unknown[] = [value]
  while (left.length > 0) {
    const next = left.pop()
    if (typeof next === 'string') yield next
    else if (Array.isArray(next)) for (const item of next) left.push(item)
    else if (typeof next === 'object' && next !== null)
      for (const [name, member] of Object.entries(next)) if (!optionMembers.has(name)) left.push(member)
  }
}
