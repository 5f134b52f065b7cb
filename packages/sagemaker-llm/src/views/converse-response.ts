import type {
  ChatResponse,
  ConverseRequest,
  ConverseResponse,
  ConverseResponseMetadata,
  DocumentType,
  ResponseMetadata,
} from '@x/bedrock-like-types'

/** A chat's answer in Converse's shape. */
export function converseResponseOf(
  { message, stopReason, usage, raw, response }: ChatResponse,
  { additionalModelResponseFieldPaths }: ConverseRequest,
): ConverseResponse {
  const fields = additionalResponseFields(raw, additionalModelResponseFieldPaths)
  return {
    output: { message },
    stopReason,
    usage,
    metrics: { latencyMs: Math.round(response.timings.durationMs ?? 0) },
    ...(fields === undefined ? {} : { additionalModelResponseFields: fields }),
    $metadata: converseMetadata(response),
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
