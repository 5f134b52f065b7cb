import type { Capture } from '../protocol/capture.ts'
import type { RunEventOf } from '../protocol/run-event.ts'
import type { RecordedRequest } from '../protocol/recorded-request.ts'
import type { Setup } from '../protocol/setup.ts'

type SynchronousOperation = Exclude<RunEventOf<'request'>['operation'], 'InvokeEndpointAsync'>

/** A call that was made, with what it takes to make it again elsewhere. Credentials are no part of it. */
export interface RecordedCall {
  readonly request: RecordedRequest
  /** The request as it left for the container. */
  readonly sent: RunEventOf<'request'> & { readonly operation: SynchronousOperation }
  /** First JSON value of the answer. */
  readonly answer?: unknown
  /** Address of the local runtime, for a call that went there. */
  readonly runtimeUrl: string | undefined
  /** `undefined`: found by the SDK in its environment. */
  readonly region: string | undefined
  readonly profile: string | undefined
}

/** Any region will do there. */
const localRegion = 'us-east-1'

/** @returns `undefined` for a call that never left, was asynchronous, or whose wire was not kept. */
export function recordedCall(
  { request, events }: Pick<Capture, 'request' | 'events'>,
  setup: Pick<Setup, 'runtimeUrl' | 'region' | 'profile'>,
): RecordedCall | undefined {
  const sent = events.find((event) => event.type === 'request')
  if (sent === undefined || sent.operation === 'InvokeEndpointAsync') return undefined
  const { operation } = sent
  const answer = events.find((event) => event.type === 'value')?.value
  const common = { request, sent: { ...sent, operation }, answer }
  const { source, region = setup.region, profile = setup.profile } = request.endpoint
  if (source === 'url') return { ...common, runtimeUrl: request.endpoint.url, region: localRegion, profile: undefined }
  return source === 'local'
    ? { ...common, runtimeUrl: setup.runtimeUrl, region: localRegion, profile: undefined }
    : { ...common, runtimeUrl: undefined, region, profile }
}
