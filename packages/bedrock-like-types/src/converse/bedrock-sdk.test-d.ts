/**
 * Checked by the compiler only: what the Bedrock SDK's types say can be passed to these, and what these say can be used
 * where the SDK's are wanted.
 */
import { expectTypeOf } from 'vitest'
import type * as Sdk from '@aws-sdk/client-bedrock-runtime'
import type * as Ours from '../index.ts'

// What code written for Bedrock passes in is accepted.
expectTypeOf<Sdk.ConverseCommandInput>().toExtend<Ours.ConverseRequest>()
expectTypeOf<Sdk.ConverseRequest>().toExtend<Ours.ConverseRequest>()
expectTypeOf<Sdk.ConverseStreamCommandInput>().toExtend<Ours.ConverseStreamRequest>()
expectTypeOf<Sdk.ConverseStreamRequest>().toExtend<Ours.ConverseStreamRequest>()
expectTypeOf<Sdk.Message>().toExtend<Ours.Message>()
expectTypeOf<Sdk.Message>().toExtend<Ours.ChatMessage>()
expectTypeOf<Sdk.ContentBlock>().toExtend<Ours.ContentBlock>()
expectTypeOf<Sdk.ImageBlock>().toExtend<Ours.ImageBlock>()
expectTypeOf<Sdk.AudioBlock>().toExtend<Ours.AudioBlock>()
expectTypeOf<Sdk.VideoBlock>().toExtend<Ours.VideoBlock>()
expectTypeOf<Sdk.DocumentBlock>().toExtend<Ours.DocumentBlock>()
expectTypeOf<Sdk.SearchResultBlock>().toExtend<Ours.SearchResultBlock>()
expectTypeOf<Sdk.ToolUseBlock>().toExtend<Ours.ToolUseBlock>()
expectTypeOf<Sdk.ToolResultBlock>().toExtend<Ours.ToolResultBlock>()
expectTypeOf<Sdk.ToolResultContentBlock>().toExtend<Ours.ToolResultContentBlock>()
expectTypeOf<Sdk.ToolAdditionBlock>().toExtend<Ours.ToolAdditionBlock>()
expectTypeOf<Sdk.ToolRemovalBlock>().toExtend<Ours.ToolRemovalBlock>()
expectTypeOf<Sdk.ReasoningContentBlock>().toExtend<Ours.ReasoningContentBlock>()
expectTypeOf<Sdk.GuardrailConverseContentBlock>().toExtend<Ours.GuardrailConverseContentBlock>()
expectTypeOf<Sdk.CachePointBlock>().toExtend<Ours.CachePointBlock>()
expectTypeOf<Sdk.CitationsContentBlock>().toExtend<Ours.CitationsContentBlock>()
expectTypeOf<Sdk.SystemContentBlock>().toExtend<Ours.SystemContentBlock>()
expectTypeOf<Sdk.InferenceConfiguration>().toExtend<Ours.InferenceConfiguration>()
expectTypeOf<Sdk.ToolConfiguration>().toExtend<Ours.ToolConfiguration>()
expectTypeOf<Sdk.Tool>().toExtend<Ours.Tool>()
expectTypeOf<Sdk.ToolChoice>().toExtend<Ours.ToolChoice>()
expectTypeOf<Sdk.GuardrailConfiguration>().toExtend<Ours.GuardrailConfiguration>()
expectTypeOf<Sdk.GuardrailStreamConfiguration>().toExtend<Ours.GuardrailStreamConfiguration>()
expectTypeOf<Sdk.PerformanceConfiguration>().toExtend<Ours.PerformanceConfiguration>()
expectTypeOf<Sdk.ServiceTier>().toExtend<Ours.ServiceTier>()
expectTypeOf<Sdk.OutputConfig>().toExtend<Ours.OutputConfig>()
expectTypeOf<Sdk.PromptVariableValues>().toExtend<Ours.PromptVariableValues>()

// A member that a newer SDK has is accepted; a mistake in a known one is not.
export const unknownMember: Ours.ContentBlock = { $unknown: ['hologram', {}] }
// @ts-expect-error text is a string
export const wrongType: Ours.ContentBlock = { text: 1 }
// @ts-expect-error no such member
export const misspelt: Ours.ContentBlock = { txet: 'a' }
// @ts-expect-error exactly one member
export const twoMembers: Ours.ContentBlock = { text: 'a', toolUse: { toolUseId: '1', name: 'f', input: {} } }

// What is returned can be used where Bedrock's is wanted.
expectTypeOf<Ours.ConverseResponse>().toExtend<Sdk.ConverseCommandOutput>()
expectTypeOf<Ours.ConverseResponse>().toExtend<Sdk.ConverseResponse>()
expectTypeOf<Ours.ConverseStreamResponse>().toExtend<Sdk.ConverseStreamCommandOutput>()
expectTypeOf<Ours.ConverseStreamResponse>().toExtend<Sdk.ConverseStreamResponse>()
expectTypeOf<Ours.ConverseStreamOutput>().toExtend<Sdk.ConverseStreamOutput>()
expectTypeOf<Ours.OutputMessage>().toExtend<Sdk.Message>()
expectTypeOf<Ours.OutputContentBlock>().toExtend<Sdk.ContentBlock>()
expectTypeOf<Ours.ContentBlockStart>().toExtend<Sdk.ContentBlockStart>()
expectTypeOf<Ours.ContentBlockDelta>().toExtend<Sdk.ContentBlockDelta>()
expectTypeOf<Ours.TokenUsage>().toExtend<Sdk.TokenUsage>()
expectTypeOf<Ours.ConverseTrace>().toExtend<Sdk.ConverseTrace>()
expectTypeOf<Ours.CitationsDelta>().toExtend<Sdk.CitationsDelta>()
expectTypeOf<Ours.ImageBlockDelta>().toExtend<Sdk.ImageBlockDelta>()

// The vocabularies are the SDK's own, in both directions.
expectTypeOf<Sdk.StopReason>().toExtend<Ours.StopReason>()
expectTypeOf<Ours.StopReason>().toExtend<Sdk.StopReason>()
expectTypeOf<Sdk.ConversationRole>().toExtend<Ours.ConversationRole>()
expectTypeOf<Ours.ConversationRole>().toExtend<Sdk.ConversationRole>()
expectTypeOf<NonNullable<Sdk.ToolUseBlock['input']>>().toExtend<Ours.DocumentType>()
expectTypeOf<Exclude<Ours.DocumentType, null>>().toExtend<NonNullable<Sdk.ToolUseBlock['input']>>()

// The model's turn can be passed in again.
expectTypeOf<Ours.OutputMessage>().toExtend<Ours.Message>()
expectTypeOf<Ours.OutputMessage>().toExtend<Ours.ChatMessage>()

// Members are read as with the SDK, without a test which one is set.
export const firstText = (answer: Ours.ConverseResponse): string | undefined => answer.output.message.content[0]?.text
export const textDelta = (event: Ours.ConverseStreamOutput): string | undefined => event.contentBlockDelta?.delta.text
export const exception = (event: Ours.ConverseStreamOutput): undefined => event.throttlingException

// Outputs are strict: no member of theirs is possibly missing, usage aside.
expectTypeOf<Ours.OutputToolUseBlock['name']>().toEqualTypeOf<string>()
expectTypeOf<Ours.ConverseResponse['stopReason']>().toEqualTypeOf<Ours.StopReason>()
expectTypeOf<Ours.ConverseResponse['usage']>().toEqualTypeOf<Ours.TokenUsage | undefined>()

// A schema whose type is an interface, or read-only, is a schema.
interface Schema {
  readonly type: 'object'
}
export const fromInterface = (json: Schema): Ours.ToolInputSchema => ({ json })
export const readOnly: Ours.ToolInputSchema = { json: { type: 'object', required: ['city'] } as const }
