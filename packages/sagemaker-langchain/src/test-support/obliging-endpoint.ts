import { type LocalEndpoint, scripted } from '@x/sagemaker-local'
import { openaiAnswer, type OpenAIRequest } from './openai-answer.ts'

/**
 * An endpoint that does what a capable model would do: it calls the tool that it has to call, or else every tool that it is offered,
 * with arguments made from the schema; answers with JSON where a schema is given; and answers in words what is neither.
 */
export function obligingEndpoint(): LocalEndpoint {
  return scripted((request) => {
    const body = request.json() as OpenAIRequest
    const format = body.response_format
    if (format?.type === 'json_schema') {
      return openaiAnswer(request, { text: JSON.stringify(exampleOf(format.json_schema?.schema ?? {})) })
    }
    const calls = calledTools(body)
    if (calls.length > 0) return openaiAnswer(request, { calls })
    const last = body.messages.at(-1)
    const text = last?.role === 'tool' ? `The tool says ${JSON.stringify(last.content)}.` : 'Paris is the capital.'
    return openaiAnswer(request, { text })
  })
}

function calledTools({ tools = [], tool_choice: choice, messages }: OpenAIRequest) {
  const wanted = typeof choice === 'object' ? choice.function.name : undefined
  if (choice === 'none' || (wanted === undefined && messages.at(-1)?.role === 'tool')) return []
  return tools
    .filter(({ function: { name } }) => wanted === undefined || name === wanted)
    .map(({ function: { name, parameters } }, index) => ({
      id: `call_${messages.length}_${index}`,
      name,
      arguments: JSON.stringify(exampleOf(parameters)),
    }))
}

interface Schema {
  readonly type?: string
  readonly enum?: readonly unknown[]
  readonly const?: unknown
  readonly anyOf?: readonly Schema[]
  readonly items?: Schema
  readonly properties?: Readonly<Record<string, Schema>>
}

/** A value that follows a JSON schema. */
function exampleOf(schema: Schema): unknown {
  if (schema.const !== undefined) return schema.const
  if (schema.enum !== undefined) return schema.enum[0]
  if (schema.anyOf?.[0] !== undefined) return exampleOf(schema.anyOf[0])
  switch (schema.type) {
    case 'object': {
      const members = Object.entries(schema.properties ?? {})
      return Object.fromEntries(members.map(([name, member]) => [name, exampleOf(member)]))
    }
    case 'array':
      return [exampleOf(schema.items ?? {})]
    case 'number':
    case 'integer':
      return 2
    case 'boolean':
      return true
    default:
      return 'a text'
  }
}
