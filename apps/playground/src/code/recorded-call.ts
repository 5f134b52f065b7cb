import type { Capture } from '../protocol/capture.ts'
import type { RunEventOf } from '../protocol/run-event.ts'
import type { RunRequest } from '../protocol/run-request.ts'
import type { Setup } from '../protocol/setup.ts'

/** A call that was made, with what it takes to make it again elsewhere. Credentials are no part of it. */
export interface RecordedCall {
  readonly request: RunRequest
  /** The request as it left for the container. */
  readonly sent: RunEventOf<'request'>
  /** Address of the local runtime, for a call that went there. */
  readonly runtimeUrl: string | undefined
  /** `undefined`: found by the SDK in its environment. */
  readonly region: string | undefined
  readonly profile: string | undefined
}

/** Any region will do there. */
const localRegion = 'us-east-1'

/** @returns `undefined` for a call that never left, or whose wire was not kept. */
export function recordedCall(
  { request, events }: Pick<Capture, 'request' | 'events'>,
  setup: Pick<Setup, 'runtimeUrl' | 'region' | 'profile'>,
): RecordedCall | undefined {
  const sent = events.find((event) => event.type === 'request')
  if (sent === undefined) return undefined
  const { source, region = setup.region, profile = setup.profile } = request.endpoint
  return source === 'local'
    ? { request, sent, runtimeUrl: setup.runtimeUrl, region: localRegion, profile: undefined }
    : { request, sent, runtimeUrl: undefined, region, profile }
}
