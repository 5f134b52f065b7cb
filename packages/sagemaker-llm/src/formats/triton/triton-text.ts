import { arrayIn, isJsonObject, stringIn } from '../../contract/json-object.ts'

/**
 * The text of a Triton answer: `text_output` of the generate extension, or the tensor of that name (of KServe v2's `outputs`, the
 * first with text if none has it).
 */
export function tritonText(value: unknown): string | undefined {
  if (isJsonObject(value) && 'text_output' in value) {
    return stringIn(value, 'text_output') ?? joined(arrayIn(value, 'text_output'))
  }
  const outputs = arrayIn(value, 'outputs')
  const named = outputs.find((output) => stringIn(output, 'name') === 'text_output')
  return named === undefined
    ? outputs.map((output) => joined(arrayIn(output, 'data'))).find((text) => text !== undefined)
    : joined(arrayIn(named, 'data'))
}

function joined(data: readonly unknown[]): string | undefined {
  const [first] = data
  return typeof first === 'string' ? first : undefined
}
