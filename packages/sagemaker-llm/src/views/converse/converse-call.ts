import type {
  ChatMessage,
  ConverseRequest,
  ConverseStreamRequest,
  GenerationOptions,
  InferenceConfiguration,
  ToolConfiguration,
} from '@x/bedrock-like-types'
import { additionalParameters } from './additional-parameters.ts'
import { checkMessages } from './check-messages.ts'
import { responseFormatOf } from './response-format-of.ts'
import { systemMessage } from './system-message.ts'
import { refuseMember, refuseOtherMembers } from './refuse-member.ts'

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
    refuseOtherMembers(tool, ['toolSpec'], `toolConfig.tools[${index}]`, 'the endpoint has no tools of its own'),
  )
  if (toolChoice !== undefined) {
    refuseOtherMembers(toolChoice, ['auto', 'any', 'tool'], 'toolConfig.toolChoice', 'there is no such choice')
  }
  return { tools: tools.length === 0 ? undefined : tools, toolChoice }
}
