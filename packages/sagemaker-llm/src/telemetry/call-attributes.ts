import type { TelemetryAttributes } from '@x/bedrock-like-types'
import type { CallOutcome, StartedCall } from '../callbacks/call-listener.ts'
import { names } from './names.ts'

const { attribute } = names

/** What tells calls apart: attributes of spans and of every measurement. */
export function identityAttributes({ operation, endpointName, modelName }: StartedCall): TelemetryAttributes {
  const isChat = operation === 'chat' || operation === 'streamChat'
  return {
    [attribute.operationName]: isChat ? names.operation.chat : names.operation.completion,
    [attribute.providerName]: names.provider,
    // Who names no model has one model per endpoint.
    [attribute.requestModel]: modelName ?? endpointName,
  }
}

/** What was asked for. */
export function requestAttributes(call: StartedCall): TelemetryAttributes {
  const { operation, options, endpointName, inferenceComponentName } = call
  const isStream = operation === 'streamChat' || operation === 'streamComplete'
  return given({
    ...identityAttributes(call),
    [attribute.requestStream]: isStream || undefined,
    [attribute.requestMaxTokens]: options.maxNewTokens ?? undefined,
    [attribute.requestTemperature]: options.temperature ?? undefined,
    [attribute.requestTopP]: options.topP,
    [attribute.requestTopK]: options.topK,
    [attribute.requestStopSequences]: options.stopSequences && [...options.stopSequences],
    [attribute.requestSeed]: options.seed,
    [attribute.outputType]: options.responseFormat?.type,
    [attribute.endpointName]: endpointName,
    [attribute.inferenceComponentName]: inferenceComponentName,
  })
}

/** What has come of it. */
export function outcomeAttributes({
  stopReason,
  usage,
  response,
  raw,
  timings,
  aborted,
}: CallOutcome): TelemetryAttributes {
  return given({
    [attribute.responseFinishReasons]: stopReason && [stopReason],
    [attribute.responseId]: textMember(raw, 'id'),
    [attribute.responseModel]: textMember(raw, 'model'),
    [attribute.responseTimeToFirstChunk]: inSeconds(timings.timeToFirstTokenMs),
    [attribute.usageInputTokens]: usage?.inputTokens,
    [attribute.usageOutputTokens]: usage?.outputTokens,
    [attribute.usageCacheReadInputTokens]: usage?.cacheReadTokens,
    [attribute.awsRequestId]: response?.requestId,
    [attribute.invokedProductionVariant]: response?.invokedProductionVariant,
    [attribute.aborted]: aborted || undefined,
  })
}

/** Milliseconds in the unit of the conventions. */
export function inSeconds(milliseconds: number): number
export function inSeconds(milliseconds: number | undefined): number | undefined
export function inSeconds(milliseconds: number | undefined): number | undefined {
  return milliseconds === undefined ? undefined : milliseconds / 1000
}

/** OpenAI-like containers name the answer and the model in every value that they send. */
function textMember(raw: unknown, name: string): string | undefined {
  const value: unknown = typeof raw === 'object' && raw !== null ? Reflect.get(raw, name) : undefined
  return typeof value === 'string' && value !== '' ? value : undefined
}

function given(attributes: TelemetryAttributes): TelemetryAttributes {
  return Object.fromEntries(Object.entries(attributes).filter(([, value]) => value !== undefined))
}
