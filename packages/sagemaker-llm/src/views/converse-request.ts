import type {
  ChatMessage,
  ConverseRequest,
  ConverseStreamRequest,
  GenerationOptions,
  ImageBlock,
  InferenceConfiguration,
  InputDocument,
  Message,
  OutputConfig,
  ResponseFormat,
  SystemContentBlock,
  ToolConfiguration,
  ToolResultBlock,
} from '@x/bedrock-like-types'
import { invalidRequest } from '../contract/invalid-request.ts'
import { memberOf } from '../contract/message-content.ts'

/** A Converse request as a chat. */
export interface ConverseCall {
  readonly messages: readonly ChatMessage[]
  readonly options: GenerationOptions
}

/**
 * Translates a Converse request into a chat. What only Bedrock itself can do and what would change the answer is refused;
 * `modelId`, `performanceConfig`, `serviceTier` and `requestMetadata` do not change it and are ignored.
 *
 * @throws {SagemakerError} `invalid-request` that names the member.
 */
export function converseCall(request: ConverseRequest | ConverseStreamRequest): ConverseCall {
  const { messages = [], system, inferenceConfig, toolConfig, outputConfig } = request
  if (request.guardrailConfig !== undefined)
    throw refuseMember('guardrailConfig', 'a SageMaker endpoint has no guardrails')
  if (request.promptVariables !== undefined) {
    throw refuseMember('promptVariables', 'a SageMaker endpoint has no stored prompts')
  }
  checkMessages(messages)
  return {
    messages: [...systemMessage(system), ...messages],
    options: {
      ...inferenceOptions(inferenceConfig),
      ...toolOptions(toolConfig),
      responseFormat: responseFormatOf(outputConfig),
      additionalParameters: additionalParameters(request.additionalModelRequestFields),
    },
  }
}

function inferenceOptions({
  maxTokens,
  temperature,
  topP,
  stopSequences,
}: InferenceConfiguration = {}): GenerationOptions {
  return { maxNewTokens: maxTokens, temperature, topP, stopSequences }
}

function toolOptions({ tools = [], toolChoice }: Partial<ToolConfiguration> = {}): GenerationOptions {
  tools.forEach((tool, index) =>
    refuseOtherMembers(tool, ['toolSpec'], `toolConfig.tools[${index}]`, 'the endpoint has no built-in tools'),
  )
  if (toolChoice !== undefined) {
    refuseOtherMembers(toolChoice, ['auto', 'any', 'tool'], 'toolConfig.toolChoice', 'there is no such choice')
  }
  return { tools: tools.length === 0 ? undefined : tools, toolChoice }
}

/**
 * The container's own parameters of a Converse request.
 *
 * @throws {SagemakerError} `invalid-request` for anything but an object.
 */
export function additionalParameters(fields: InputDocument | undefined): Readonly<Record<string, unknown>> | undefined {
  if (fields === undefined || fields === null) return undefined
  if (typeof fields !== 'object' || Array.isArray(fields)) {
    throw refuseMember('additionalModelRequestFields', 'has to be an object')
  }
  return { ...fields }
}

const grantedBlocks = ['text', 'image', 'toolUse', 'toolResult', 'reasoningContent']
const grantedResults = ['text', 'json', 'image']
const containersCannot = 'a SageMaker container takes text, images, tool calls, tool results and reasoning'

/**
 * Looks for what no container can be sent.
 *
 * @throws {SagemakerError} `invalid-request` that names the member with its path, such as `messages[0].content[1].document`.
 */
export function checkMessages(messages: readonly Message[]): void {
  messages.forEach(({ content = [] }, messageIndex) => {
    content.forEach((block, blockIndex) => {
      const path = `messages[${messageIndex}].content[${blockIndex}]`
      refuseOtherMembers(block, grantedBlocks, path, containersCannot)
      if (block.image !== undefined) checkImage(block.image, `${path}.image`)
      if (block.toolResult !== undefined) checkToolResult(block.toolResult, `${path}.toolResult`)
    })
  })
}

function checkToolResult({ content = [] }: ToolResultBlock, path: string): void {
  content.forEach((piece, index) =>
    refuseOtherMembers(piece, grantedResults, `${path}.content[${index}]`, 'a tool result can be text or JSON'),
  )
}

function checkImage({ source }: ImageBlock, path: string): void {
  if (source?.s3Location !== undefined) {
    throw refuseMember(`${path}.source.s3Location`, 'a container cannot read from S3, send the bytes')
  }
}

/** The error for a member of a Converse request that cannot be granted. */
export function refuseMember(path: string, reason: string): Error {
  return invalidRequest(`${path}: ${reason}`)
}

/**
 * Refuses a union value whose member is none of those that can be granted, and one that has no member at all.
 *
 * @throws {SagemakerError} `invalid-request` that names the member with its path.
 */
export function refuseOtherMembers(union: object, granted: readonly string[], path: string, reason: string): void {
  const member = memberOf(union)
  if (!granted.includes(member)) throw refuseMember(`${path}.${member}`, reason)
}

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

/**
 * The system prompt as the first message; none if there is none.
 *
 * @throws {SagemakerError} `invalid-request` that names a member which is not text.
 */
export function systemMessage(system: readonly SystemContentBlock[] = []): readonly ChatMessage[] {
  const texts = system.flatMap((block, index) => {
    refuseOtherMembers(block, ['text'], `system[${index}]`, 'a system prompt for a SageMaker container is text')
    return block.text ?? []
  })
  return texts.length === 0 ? [] : [{ role: 'system', content: texts.map((text) => ({ text })) }]
}
