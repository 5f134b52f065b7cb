import type { Turn } from '../language/beginning.ts'
import { topicOf } from '../language/topic-index.ts'
import { fieldsOf, isObject, type JsonObject } from '../../answers/json-fields.ts'

/** A function that the caller offers. */
export interface OfferedTool {
  readonly name: string
  readonly description: string
  /** JSON Schema of its arguments. */
  readonly schema: JsonObject
}

/** A call that the model makes. */
export interface ToolCall {
  readonly name: string
  readonly input: JsonObject
}

/** Which tool the caller wants: any that fits, one in any case, this one, or none. */
export type ToolChoice = 'auto' | 'required' | 'none' | { readonly name: string }

/** Reads OpenAI-shaped `tools`; what is no function is skipped. */
export function readTools(tools: readonly unknown[]): OfferedTool[] {
  return tools.filter(isObject).flatMap((tool) => {
    const fields = fieldsOf(fieldsOf(tool).object('function') ?? {})
    const name = fields.string('name')
    if (name === undefined) return []
    return [{ name, description: fields.string('description') ?? '', schema: fields.object('parameters') ?? {} }]
  })
}

export function readToolChoice(choice: unknown): ToolChoice {
  if (choice === 'none' || choice === 'required') return choice
  const named = isObject(choice) ? fieldsOf(choice).object('function') : undefined
  const name = named && fieldsOf(named).string('name')
  return name === undefined ? 'auto' : { name }
}

/**
 * The call that a conversation asks for: of the tool that is demanded, or of one whose name or description shares a word with the last
 * message of the user. A conversation that ends with a tool's result asks for none.
 */
export function chooseToolCall(
  conversation: readonly Turn[],
  tools: readonly OfferedTool[],
  choice: ToolChoice,
): ToolCall | undefined {
  const last = conversation.at(-1)
  if (choice === 'none' || last?.role !== 'user') return undefined
  const topic = topicOf(last.text)
  const fits = ({ name, description }: OfferedTool): boolean =>
    [...topicOf(`${name.replaceAll(/[_-]/g, ' ')} ${description}`)].some((word) => topic.has(word))
  const demanded = typeof choice === 'object' ? tools.find(({ name }) => name === choice.name) : undefined
  const tool = demanded ?? tools.find(fits) ?? (choice === 'required' ? tools[0] : undefined)
  return tool && { name: tool.name, input: inventArguments(tool.schema, last.text) }
}

/** Arguments that match a JSON Schema, with words and numbers from the text where they fit. */
function inventArguments(schema: JsonObject, text: string): JsonObject {
  const properties = fieldsOf(schema).object('properties') ?? {}
  return Object.fromEntries(
    Object.entries(properties).map(([name, property]) => [name, inventValue(isObject(property) ? property : {}, text)]),
  )
}

function inventValue(schema: JsonObject, text: string): unknown {
  const fields = fieldsOf(schema)
  const allowed = Array.isArray(schema['enum']) ? schema['enum'] : undefined
  if (allowed) return allowed.find((value) => text.includes(String(value))) ?? allowed[0]
  switch (schema['type']) {
    case 'number':
    case 'integer':
      return Number(/\d+/.exec(text)?.[0] ?? 1)
    case 'boolean':
      return true
    case 'array':
      return [inventValue(fields.object('items') ?? {}, text)]
    case 'object':
      return inventArguments(schema, text)
    default:
      return namedThing(text)
  }
}

/** A name in a text: what is quoted, else a capitalised word inside of it, else its last word. */
function namedThing(text: string): string {
  const quoted = /["“]([^"“”]+)["”]/.exec(text)?.[1]
  const capitalised = /\S\s+(\p{Lu}[\p{L}-]*(?:\s\p{Lu}[\p{L}-]*)*)/u.exec(text)?.[1]
  return quoted ?? capitalised ?? text.match(/\p{L}+/gu)?.at(-1) ?? ''
}
