import type { CallWarning, Tool } from '@x/bedrock-like-types'
import { arrayIn, isJsonObject, objectIn, stringIn } from '@x/sagemaker-endpoint/model-kit'
import { invalidRequest } from '../../contract/invalid-request.ts'
import { memberOf } from '../../contract/message-content.ts'

/** Tools in Cohere's form, and what could not be passed on. */
export interface CohereTools {
  readonly tools: readonly object[]
  readonly warnings: readonly CallWarning[]
}

/** JSON schema types as the Python types in which Cohere describes parameters. */
const pythonTypes: Readonly<Record<string, string>> = {
  string: 'str',
  integer: 'int',
  number: 'float',
  boolean: 'bool',
  array: 'list',
  object: 'dict',
}

/** Members of a parameter's schema that Cohere's form has a place for. */
const expressible = new Set(['type', 'description', 'title', 'default'])

/**
 * Converse tools as Cohere's `{ name, description, parameter_definitions: { p: { type, description, required } } }`. That form is flat:
 * what a schema says beyond the type of a parameter, such as an enumeration or the members of an object, is named in a warning.
 */
export function cohereTools(tools: readonly Tool[]): CohereTools {
  const warnings: CallWarning[] = []
  const written = tools.map((tool) => {
    const { toolSpec } = tool
    if (toolSpec?.name === undefined)
      throw invalidRequest(`tools: ${memberOf(tool)} cannot be sent, only toolSpec with a name can`)
    const schema = toolSpec.inputSchema?.json
    const required = arrayIn(schema, 'required')
    const definitions = Object.entries(objectIn(schema, 'properties')).map(([parameter, property]) => {
      const lost = Object.keys(isJsonObject(property) ? property : {}).filter((member) => !expressible.has(member))
      if (lost.length > 0) {
        const message = `tools: ${lost.join(', ')} of ${toolSpec.name}.${parameter} cannot be sent to Cohere`
        warnings.push({ option: 'tools', message })
      }
      const type = stringIn(property, 'type') ?? 'string'
      const definition = {
        type: pythonTypes[type] ?? type,
        description: stringIn(property, 'description'),
        required: required.includes(parameter),
      }
      return [parameter, definition]
    })
    return {
      name: toolSpec.name,
      description: toolSpec.description ?? '',
      parameter_definitions: Object.fromEntries(definitions),
    }
  })
  return { tools: written, warnings }
}
