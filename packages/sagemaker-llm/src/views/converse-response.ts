import type {
  ChatResponse,
  ConverseModelResponse,
  ConverseRequest,
  ConverseResponseMetadata,
  DocumentType,
  ModelUsage,
  ResponseMetadata,
  TokenUsage,
} from '@x/bedrock-like-types'

/** A chat's answer in Converse's shape. */
export function converseResponseOf(
  { message, stopReason, usage, raw, response }: ChatResponse,
  { additionalModelResponseFieldPaths }: ConverseRequest,
): ConverseModelResponse {
  const fields = additionalResponseFields(raw, additionalModelResponseFieldPaths)
  return {
    output: { message },
    stopReason,
    usage: converseUsage(usage),
    metrics: { latencyMs: Math.round(response.timings.durationMs ?? 0) },
    ...(fields === undefined ? {} : { additionalModelResponseFields: fields }),
    $metadata: converseMetadata(response),
    response,
  }
}

/** Facts about the exchange, as the AWS SDK calls them. */
export function converseMetadata(response: ResponseMetadata | undefined): ConverseResponseMetadata {
  if (response === undefined) return {}
  const { statusCode, requestId, attempts } = response
  return {
    ...(statusCode === undefined ? {} : { httpStatusCode: statusCode }),
    ...(requestId === undefined ? {} : { requestId }),
    attempts,
  }
}

/** Token counts as Bedrock reports them: `inputTokens` without those that were read from or written to a cache. */
export function converseUsage(usage: ModelUsage | undefined): TokenUsage | undefined {
  if (usage === undefined) return undefined
  const { inputTokens, outputTokens, totalTokens, cacheReadTokens, cacheWriteTokens } = usage
  return {
    inputTokens: inputTokens && Math.max(inputTokens - (cacheReadTokens ?? 0) - (cacheWriteTokens ?? 0), 0),
    outputTokens,
    totalTokens,
    ...(cacheReadTokens === undefined ? {} : { cacheReadInputTokens: cacheReadTokens }),
    ...(cacheWriteTokens === undefined ? {} : { cacheWriteInputTokens: cacheWriteTokens }),
  }
}

/**
 * The fields of the container's own answer that a Converse request asks for, as Bedrock returns them: each under the last
 * part of its path. A path that leads nowhere is left out.
 *
 * @param paths - JSON pointers (RFC 6901), such as `/choices/0/logprobs`
 */
export function additionalResponseFields(raw: unknown, paths: readonly string[] = []): DocumentType | undefined {
  const found = paths.flatMap((path): readonly [string, DocumentType][] => {
    const steps = path.split('/').slice(1).map(unescapeStep)
    const value = steps.reduce<unknown>(memberAt, raw)
    return value === undefined ? [] : [[steps.at(-1) ?? '', value as DocumentType]]
  })
  return found.length === 0 ? undefined : Object.fromEntries(found)
}

function memberAt(value: unknown, step: string): unknown {
  if (typeof value !== 'object' || value === null || !Object.hasOwn(value, step)) return undefined
  return Reflect.get(value, step)
}

function unescapeStep(step: string): string {
  return step.replaceAll('~1', '/').replaceAll('~0', '~')
}
