import { setTimeout as sleep } from 'node:timers/promises'
import { containerError, serviceError, type LocalAnswer } from '../answers/local-answer.ts'
import type { HostedEndpoint } from './hosted-endpoint.ts'
import { applyFaults } from '../faults/apply-faults.ts'
import type { Faults } from '../faults/faults.ts'
import type { RequestFaults } from '../faults/fault-injector.ts'
import { FaultSyntaxError } from '../faults/parse-faults.ts'
import { refuse, withRetryAfter } from '../faults/refuse.ts'
import type { AwsLocation } from '../answers/model-error.ts'
import type { ReceivedRequest, TrackedRequest } from '../answers/received-request.ts'

/**
 * Invokes an endpoint, faults included. Never rejects: an exception of the model counts as a crash of the container. Returns no answer if
 * `signal` aborts before there is one.
 */
export async function askEndpoint(
  endpoint: HostedEndpoint,
  request: TrackedRequest,
  awsLocation: AwsLocation,
  signal: AbortSignal,
): Promise<LocalAnswer> {
  let requestFaults: RequestFaults | undefined
  try {
    requestFaults = endpoint.faultsOf(request)
  } catch (error) {
    if (error instanceof FaultSyntaxError) return serviceError('ValidationError', { message: error.message })
    throw error
  }
  const { faults, random } = requestFaults ?? {}
  request.progress.fault = faults && nameOfFault(faults)
  if (faults?.headersDelayMs !== undefined) await sleep(faults.headersDelayMs, undefined, { signal }).catch(() => {})
  if (faults?.refusal !== undefined) {
    return withRetryAfter(refuse(faults.refusal, endpoint.name, awsLocation), faults.retryAfterSeconds)
  }
  const answer = await askModel(endpoint, request, signal)
  return faults && random ? applyFaults(answer, faults, random) : answer
}

function nameOfFault({ refusal, ending, async, parts }: Faults): string {
  return refusal ?? ending ?? async ?? (parts === undefined ? 'delay' : 'parts')
}

/** Returns the model's answer, or none if `signal` aborts first. */
function askModel({ model }: HostedEndpoint, request: ReceivedRequest, signal: AbortSignal): Promise<LocalAnswer> {
  return new Promise((resolve) => {
    const giveUp = (): void => resolve({ kind: 'none', ending: 'stall' })
    if (signal.aborted) return giveUp()
    signal.addEventListener('abort', giveUp, { once: true })
    const crashed = (error: unknown): LocalAnswer =>
      containerError(500, error instanceof Error ? error.message : String(error))
    void (async () => model.answer(request))().then(resolve, (error: unknown) => resolve(crashed(error)))
  })
}
