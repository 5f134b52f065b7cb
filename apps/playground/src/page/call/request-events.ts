import { readJsonLines } from './read-json-lines.ts'

/** The server refused the request, or could not be reached: there was no call. */
export class RunRefusedError extends Error {
  override readonly name = 'RunRefusedError'
}

/**
 * Asks the server for something that takes time and yields what happens, in batches as they arrive.
 *
 * @throws {RunRefusedError} when nothing was begun; the signal's reason when it was aborted.
 */
export async function* requestEvents<Event>(
  path: string,
  request: object,
  signal: AbortSignal,
): AsyncGenerator<readonly Event[]> {
  const response = await post(path, request, signal)
  if (response.body === null) throw new RunRefusedError('The playground server answered without a word.')
  // The server is the other half of this page, built from the same types.
  for await (const events of readJsonLines(response.body)) yield events as readonly Event[]
}

/**
 * Sends a request to the server.
 *
 * @throws {RunRefusedError} when it refuses, or does not answer; the signal's reason when it was aborted.
 */
export async function post(path: string, request: object, signal: AbortSignal): Promise<Response> {
  const response = await fetch(path, {
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
  if (!response.ok) throw new RunRefusedError(await refusal(response))
  return response
}

async function refusal(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => undefined)
  const known = typeof body === 'object' && body !== null && 'message' in body && typeof body.message === 'string'
  return known ? (body.message as string) : `The playground server answered with status ${response.status}.`
}
