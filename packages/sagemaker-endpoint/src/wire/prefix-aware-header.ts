/** A request that the SDK has built and not signed yet. */
interface BuiltRequest {
  readonly headers: Record<string, string>
}

const header = 'x-amzn-sagemaker-prefix-aware-id'

/**
 * Adds the header for `prefixAwareId`, to be signed with the rest, where the SDK has not: older versions than that
 * option drop it without a word.
 */
export function addPrefixAwareHeader(request: unknown, prefixAwareId: string | undefined): void {
  if (prefixAwareId !== undefined) (request as BuiltRequest).headers[header] ??= prefixAwareId
}
