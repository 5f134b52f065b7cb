import type { RunEvent } from '../../protocol/run-event.ts'
import type { RunRequest } from '../../protocol/run-request.ts'
import { readJsonLines } from './read-json-lines.ts'

/** The server refused the request, or could not be reached: there was no call. */
export class RunRefusedError extends Error {
  override readonly name = 'RunRefusedError'
}

/**
 * Asks the server for one call and yields what happens, in batches as they arrive.
 *
 * @throws RunRefusedError when there was no call; the signal's reason when it was aborted.
 */
export async function* startRun(request: RunRequest, signal: AbortSignal): AsyncGenerator<readonly RunEvent[]> {
  const response = await fetch('/api/runs', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(request),
    signal,
  }).catch((error: unknown) => {
    signal.throwIfAborted()
    throw new RunRefusedError('The playground server does not answer. Is it still running in its terminal?', {
      cause: error,
    })
  })
  if (!response.ok || response.body === null) throw new RunRefusedError(await refusal(response))
  // The server is the other half of this page, built from the same types.
  for await (const events of readJsonLines(response.body)) yield events as readonly RunEvent[]
}

async function refusal(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => undefined)
  const known = typeof body === 'object' && body !== null && 'message' in body && typeof body.message === 'string'
  return known ? (body.message as string) : `The playground server answered with status ${response.status}.`
}
