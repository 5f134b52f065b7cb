import type { RetryEvent } from '../options/endpoint-options.ts'
import type { ErrorContext } from '../errors/error-context.ts'
import type { ResponseMetadata } from '../options/response-metadata.ts'
import type { RuntimeRequest } from '../wire/runtime-request.ts'
import type { CallLifetime } from './call-lifetime.ts'
import type { CallReport } from './call-report.ts'
import type { RetryLimits } from './retry-plan.ts'
import type { ResolvedTimeLimits } from './time-limits.ts'

/** Everything that stays the same during one call. */
export interface Call {
  readonly request: RuntimeRequest
  readonly limits: ResolvedTimeLimits
  readonly retry: RetryLimits
  readonly lifetime: CallLifetime
  readonly report: CallReport
  /** Told of every retry: the listener of the endpoint and that of the call. */
  readonly retryListeners: readonly (((event: RetryEvent) => void) | undefined)[]
  readonly onResponse: ((metadata: ResponseMetadata) => void) | undefined
}

/** The parts of a call that its errors tell of. */
export function errorContext(call: Call): ErrorContext {
  return { endpointName: call.request.endpointName, request: call.request.body }
}
