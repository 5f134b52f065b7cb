import type { InputDocument } from './document-type.ts'
import type { GuardrailConfiguration, GuardrailStreamConfiguration } from './guardrail-configuration.ts'
import type { InferenceConfiguration } from './inference-configuration.ts'
import type { Message } from './message.ts'
import type { OutputConfig } from './output-configuration.ts'
import type { PerformanceConfiguration } from './performance-configuration.ts'
import type { PromptVariableValues } from './prompt-variable-values.ts'
import type { ServiceTier } from './service-tier.ts'
import type { SystemContentBlock } from './system-content-block.ts'
import type { ToolConfiguration } from './tool-configuration.ts'

/**
 * What `converse` is asked. The Bedrock SDK's `ConverseCommandInput` can be passed where this type is wanted.
 *
 * @public
 */
export interface ConverseRequest {
  /** Model to call at Bedrock. Ignored here: the endpoint is the model. */
  readonly modelId?: string | undefined
  /** The conversation so far, oldest turn first. */
  readonly messages?: readonly Message[] | undefined
  /** The system prompt, piece by piece. */
  readonly system?: readonly SystemContentBlock[] | undefined
  /** How the model is to generate. */
  readonly inferenceConfig?: InferenceConfiguration | undefined
  /** The tools that the model can ask to be called. */
  readonly toolConfig?: ToolConfiguration | undefined
  /** A guardrail that Bedrock is to apply. */
  readonly guardrailConfig?: GuardrailConfiguration | undefined
  /** Parameters of the model itself that Bedrock has no name for. */
  readonly additionalModelRequestFields?: InputDocument | undefined
  /** Values of the variables of a prompt that Bedrock stores. */
  readonly promptVariables?: Readonly<Record<string, PromptVariableValues>> | undefined
  /** JSON pointers of fields of the model's own answer that are wanted. */
  readonly additionalModelResponseFieldPaths?: readonly string[] | undefined
  /** Labels for Bedrock's invocation logs. */
  readonly requestMetadata?: Readonly<Record<string, string>> | undefined
  /** Performance settings of Bedrock. */
  readonly performanceConfig?: PerformanceConfiguration | undefined
  /** Service tier of Bedrock. */
  readonly serviceTier?: ServiceTier | undefined
  /** What the answer is to be like. */
  readonly outputConfig?: OutputConfig | undefined
}

/**
 * What `converseStream` is asked. The Bedrock SDK's `ConverseStreamCommandInput` can be passed where this type is wanted.
 *
 * @public
 */
export interface ConverseStreamRequest extends Omit<ConverseRequest, 'guardrailConfig'> {
  /** A guardrail that Bedrock is to apply. */
  readonly guardrailConfig?: GuardrailStreamConfiguration | undefined
}
