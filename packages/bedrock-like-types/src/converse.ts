export type { AudioBlock, AudioFormat, AudioSource } from './converse/audio-block.ts'
export type { CachePointBlock, CachePointType, CacheTTL } from './converse/cache-point-block.ts'
export type {
  CitationLocation,
  CitationLocationMembers,
  DocumentCharLocation,
  DocumentChunkLocation,
  DocumentPageLocation,
  SearchResultLocation,
  WebLocation,
} from './converse/citation-location.ts'
export type { Citation, CitationSourceContent } from './converse/citation.ts'
export type { CitationsConfig } from './converse/citations-configuration.ts'
export type { CitationGeneratedContent, CitationsContentBlock } from './converse/citations-content-block.ts'
export type { CitationSourceContentDelta, CitationsDelta } from './converse/citations-delta.ts'
export type {
  ContentBlockDelta,
  ImageBlockDelta,
  ReasoningContentBlockDelta,
  ToolResultBlockDelta,
  ToolUseBlockDelta,
} from './converse/content-block-delta.ts'
export type {
  ContentBlockDeltaEvent,
  ContentBlockStartEvent,
  ContentBlockStopEvent,
} from './converse/content-block-events.ts'
export type {
  ContentBlockStart,
  ImageBlockStart,
  ToolResultBlockStart,
  ToolUseBlockStart,
} from './converse/content-block-start.ts'
export type { ContentBlock, ContentBlockMembers } from './converse/content-block.ts'
export type { ConverseMetrics, ConverseStreamMetrics } from './converse/converse-metrics.ts'
export type { ConverseRequest, ConverseStreamRequest } from './converse/converse-request.ts'
export type { ConverseResponseMetadata } from './converse/converse-response-metadata.ts'
export type { ConverseOutput, ConverseResponse } from './converse/converse-response.ts'
export type { ConverseStreamException } from './converse/converse-stream-exception.ts'
export type {
  ConverseStreamMetadataEvent,
  ConverseStreamOutput,
  MessageStartEvent,
  MessageStopEvent,
} from './converse/converse-stream-output.ts'
export type { ConverseStreamResponse } from './converse/converse-stream-response.ts'
export type { ConverseStreamTrace, ConverseTrace, PromptRouterTrace } from './converse/converse-trace.ts'
export type { DocumentBlock, DocumentContentBlock, DocumentFormat, DocumentSource } from './converse/document-block.ts'
export type { DocumentType, InputDocument } from './converse/document-type.ts'
export type { ErrorBlock } from './converse/error-block.ts'
export type { GuardrailAssessment } from './converse/guardrail-assessment.ts'
export type {
  GuardrailConfiguration,
  GuardrailStreamConfiguration,
  GuardrailStreamProcessingMode,
  GuardrailTrace,
} from './converse/guardrail-configuration.ts'
export type {
  GuardrailConverseContentBlock,
  GuardrailConverseContentQualifier,
  GuardrailConverseImageBlock,
  GuardrailConverseImageFormat,
  GuardrailConverseImageSource,
  GuardrailConverseTextBlock,
} from './converse/guardrail-content-block.ts'
export type { GuardrailTraceAssessment } from './converse/guardrail-trace-assessment.ts'
export type {
  ImageBlock,
  ImageFormat,
  ImageSource,
  ImageSourceMembers,
  InputImageSourceMembers,
} from './converse/image-block.ts'
export type { InferenceConfiguration } from './converse/inference-configuration.ts'
export type { InputUnion, UnknownMember } from './converse/input-union.ts'
export type { ConversationRole, Message } from './converse/message.ts'
export type { OneMember } from './converse/one-member.ts'
export type {
  JsonSchemaDefinition,
  OutputConfig,
  OutputFormat,
  OutputFormatStructure,
  OutputFormatType,
} from './converse/output-configuration.ts'
export type {
  OutputContentBlock,
  OutputReasoningContentBlock,
  OutputReasoningTextBlock,
  OutputToolUseBlock,
} from './converse/output-content-block.ts'
export type { OutputMessage } from './converse/output-message.ts'
export type { PerformanceConfigLatency, PerformanceConfiguration } from './converse/performance-configuration.ts'
export type { PromptVariableValues } from './converse/prompt-variable-values.ts'
export type { ReasoningContentBlock, ReasoningTextBlock } from './converse/reasoning-content-block.ts'
export type { S3Location } from './converse/s3-location.ts'
export type { SearchResultBlock, SearchResultContentBlock } from './converse/search-result-block.ts'
export type { ServiceTier, ServiceTierType } from './converse/service-tier.ts'
export type { StopReason } from './converse/stop-reason.ts'
export type { SystemContentBlock } from './converse/system-content-block.ts'
export type { CacheDetail, TokenUsage } from './converse/token-usage.ts'
export type { ToolAdditionBlock, ToolReference, ToolRemovalBlock } from './converse/tool-change-block.ts'
export type { AnyToolChoice, AutoToolChoice, SpecificToolChoice, ToolChoice } from './converse/tool-choice.ts'
export type { ToolConfiguration } from './converse/tool-configuration.ts'
export type { ToolResultBlock, ToolResultContentBlock, ToolResultStatus } from './converse/tool-result-block.ts'
export type { ToolUseBlock, ToolUseType } from './converse/tool-use-block.ts'
export type { SystemTool, Tool, ToolInputSchema, ToolSpecification } from './converse/tool.ts'
export type { VideoBlock, VideoFormat, VideoSource } from './converse/video-block.ts'
