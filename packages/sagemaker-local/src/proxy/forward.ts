import { containerError, type LocalAnswer, type ContainerAnswer } from '../answers/local-answer.ts'
import { headerNames } from '../answers/header-names.ts'
import type { ReceivedRequest } from '../answers/received-request.ts'

/** A request to the server behind a proxy. */
export interface Forwarded {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: Uint8Array | string
}

/**
 * Forwards a request to a server and streams its response back, unbuffered, with the server's status. Aborts the forwarded request when the
 * caller disconnects. Answers with status 503 if the server cannot be reached or does not respond, and 502 if it redirects.
 */
export async function forward(request: ReceivedRequest, { url, headers, body }: Forwarded): Promise<LocalAnswer> {
  const server = `The model server at ${new URL(url).origin}`
  let response: Response
  try {
    response = await fetch(url, {
      method: 'POST',
      headers,
      body: body as BodyInit,
      signal: request.signal,
      redirect: 'manual',
    })
  } catch (error) {
    return containerError(503, `${server} does not answer: ${reasonOf(error)}`)
  }
  if (isRedirect(response)) {
    await response.body?.cancel()
    return containerError(
      502,
      `${server} answers with a redirect (${response.status}). Redirects are not followed, because prompts and API keys would go to another address. Give the address that it redirects to.`,
    )
  }
  return answerOf(response, server)
}

function isRedirect({ status }: Response): boolean {
  return status >= 300 && status < 400 && status !== 304
}

/** Converts a response of `fetch` to the answer of a container. */
function answerOf(response: Response, server: string): ContainerAnswer {
  const header = (name: string): string | undefined => response.headers.get(name) ?? undefined
  return {
    kind: 'container',
    status: response.status,
    contentType: header('content-type'),
    customAttributes: header(headerNames.customAttributes),
    newSessionId: header(headerNames.newSessionId),
    closedSessionId: header(headerNames.closedSessionId),
    steps: response.body === null ? [] : chunksOf(response.body, server),
  }
}

/** Yields the chunks of a body. Names the server in the error if the body breaks off. */
async function* chunksOf(body: AsyncIterable<Uint8Array>, server: string): AsyncIterable<Uint8Array> {
  try {
    yield* body
  } catch (error) {
    throw new Error(`${server} broke off: ${reasonOf(error)}`, { cause: error })
  }
}

/** Returns the reason for a failure, which `fetch` puts into the cause of its error. */
function reasonOf(error: unknown): string {
  const { cause } = error as Error
  return cause instanceof Error && cause.message !== ''
    ? cause.message
    : String((cause as NodeJS.ErrnoException | undefined)?.code ?? error)
}
