import type { BaseLanguageModelInput, StructuredOutputMethodOptions } from '@langchain/core/language_models/base'
import {
  assembleStructuredOutputPipeline,
  createContentParser,
} from '@langchain/core/language_models/structured_output'
import type { AIMessageChunk } from '@langchain/core/messages'
import { OutputParserException } from '@langchain/core/output_parsers'
import { type Runnable, RunnableLambda } from '@langchain/core/runnables'
import { toJsonSchema } from '@langchain/core/utils/json_schema'
import { isSerializableSchema, type SerializableSchema } from '@langchain/core/utils/standard_schema'
import {
  getSchemaDescription,
  interopSafeParseAsync,
  type InteropZodType,
  isInteropZodSchema,
} from '@langchain/core/utils/types'
import { SagemakerError } from '@x/sagemaker-llm'
import type { ChatSagemakerCallOptions } from './input/chat-options.ts'

/** A record of anything, as LangChain's own declarations have it. */
// oxlint-disable-next-line typescript/no-explicit-any -- `unknown` would refuse interfaces.
export type AnyRecord = Record<string, any>

/** What LangChain takes as the schema of a structured answer: of zod, of another library, or a JSON schema. */
export type OutputSchema<Output extends AnyRecord> = SerializableSchema<Output> | InteropZodType<Output> | AnyRecord

/** Gives a model some call options. */
type Bind = (options: Partial<ChatSagemakerCallOptions>) => Runnable<BaseLanguageModelInput, AIMessageChunk>

/**
 * A model whose answers are objects that follow a schema, by one of three methods: the model calls a tool with the schema
 * (`functionCalling`), the container holds the answer to the schema (`jsonSchema`), or to JSON of any form (`jsonMode`).
 *
 * @throws {SagemakerError} `invalid-request` for a method that is none of these.
 */
export function structuredOutput<Output extends AnyRecord>(
  bind: Bind,
  schema: OutputSchema<Output>,
  config: StructuredOutputMethodOptions<boolean> = {},
): Runnable<BaseLanguageModelInput, Output | { raw: AIMessageChunk; parsed: Output }> {
  const { method = 'functionCalling', includeRaw, strict } = config
  const jsonSchema: AnyRecord =
    isInteropZodSchema(schema) || isSerializableSchema(schema) ? toJsonSchema(schema) : schema
  const name = config.name ?? nameIn(jsonSchema) ?? 'extract'
  const description = getSchemaDescription(schema)
  const trace = { ls_structured_output_format: { kwargs: { method }, schema: jsonSchema } }
  const bound = (): readonly [Runnable<BaseLanguageModelInput, AIMessageChunk>, Runnable<AIMessageChunk, Output>] => {
    switch (method) {
      case 'functionCalling': {
        const tool = { name, description: description ?? 'Gives the answer.', parameters: jsonSchema, strict }
        const tools = [{ type: 'function', function: tool }]
        return [bind({ ...trace, tools, tool_choice: name }), toolCallParser(schema, name)]
      }
      case 'jsonSchema': {
        const json = { name, description, schema: jsonSchema, strict }
        const format = { type: 'json_schema', json_schema: json } as const
        return [bind({ ...trace, response_format: format }), createContentParser(schema)]
      }
      case 'jsonMode':
        return [bind({ ...trace, response_format: { type: 'json_object' } }), createContentParser(schema)]
      default: {
        const known = 'functionCalling, jsonSchema or jsonMode'
        throw new SagemakerError('invalid-request', `withStructuredOutput: method is ${method}; it must be ${known}`)
      }
    }
  }
  const [model, parser] = bound()
  const runName = includeRaw === true ? 'StructuredOutputRunnable' : 'StructuredOutput'
  return assembleStructuredOutputPipeline<Output>(model, parser, includeRaw, runName) as Runnable<
    BaseLanguageModelInput,
    Output
  >
}

/** JSON schemas can have a name as `title`, and in LangChain as `name`. */
function nameIn({ name, title }: AnyRecord): string | undefined {
  const found: unknown = name ?? title
  return typeof found === 'string' && /^[\w-]{1,64}$/.test(found) ? found : undefined
}

/** Takes the arguments of the call of a tool. LangChain's own parser gives `undefined` if there is no such call. */
function toolCallParser<Output extends AnyRecord>(
  schema: OutputSchema<Output>,
  name: string,
): Runnable<AIMessageChunk, Output> {
  return RunnableLambda.from(async ({ tool_calls: calls = [], invalid_tool_calls: invalid = [] }: AIMessageChunk) => {
    const call = calls.find((one) => one.name === name)
    if (call !== undefined) return validated(schema, call.args)
    const broken = invalid.find((one) => one.name === name)
    const reason = broken === undefined ? `The model did not call ${name}.` : (broken.error ?? 'Malformed arguments.')
    throw new OutputParserException(`There is no structured output. ${reason}`, broken?.args)
  })
}

async function validated<Output extends AnyRecord>(schema: OutputSchema<Output>, value: AnyRecord): Promise<Output> {
  if (isSerializableSchema<Output>(schema)) {
    const result = await schema['~standard'].validate(value)
    if (result.issues === undefined) return result.value
    throw invalidOutput(
      value,
      result.issues.map(({ message, path = [] }) => ({ message, path })),
    )
  }
  if (!isInteropZodSchema(schema)) return value as Output
  const result = await interopSafeParseAsync(schema as InteropZodType<Output>, value)
  if (result.success) return result.data
  throw invalidOutput(value, (result.error as { readonly issues?: readonly Issue[] }).issues ?? [])
}

interface Issue {
  readonly message: string
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[]
}

function invalidOutput(value: AnyRecord, issues: readonly Issue[]): OutputParserException {
  const texts = issues.map(({ message, path = [] }) => {
    const keys = path.map((key) => String(typeof key === 'object' ? key.key : key))
    return `${keys.join('.') || 'the whole'}: ${message}`
  })
  return new OutputParserException(`The arguments do not follow the schema. ${texts.join('; ')}`, JSON.stringify(value))
}
