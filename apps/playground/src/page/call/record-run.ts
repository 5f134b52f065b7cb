import type { Recording } from './recording.svelte.ts'
import { isConversation } from '../../protocol/recorded-request.ts'
import type { RunEvent } from '../../protocol/run-event.ts'
import { requestEvents, RunRefusedError } from './request-events.ts'

/** Makes the call of a recording and records it. Resolves at its end, however it ends. Aborting stops it. */
export async function recordRun(recording: Recording, signal: AbortSignal): Promise<void> {
  const { request } = recording
  if (request.mode === 'observed') throw new TypeError('This call was made elsewhere.')
  signal.addEventListener('abort', () => recording.stop(), { once: true })
  try {
    const path = isConversation(request) ? '/api/runs' : '/api/scores'
    for await (const events of requestEvents<RunEvent>(path, request, signal)) {
      if (signal.aborted) return
      recording.add(events)
    }
    if (recording.status === 'running')
      throw new RunRefusedError('The playground server ended the call without a word.')
  } catch (error) {
    if (!signal.aborted) recording.add([neverMade(error)])
  }
}

/** The error of a call that did not come about. */
export const neverMade = (error: unknown) =>
  ({
    type: 'error',
    at: 0,
    code: error instanceof RunRefusedError ? 'refused' : 'page',
    message: error instanceof Error ? error.message : String(error),
    retryable: true,
    advice: 'The call never reached an endpoint.',
  }) as const
