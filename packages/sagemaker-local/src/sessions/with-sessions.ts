import { randomUUID } from 'node:crypto'
import { containerError, text, type LocalAnswer } from '../answers/local-answer.ts'
import type { LocalEndpoint } from '../answers/local-endpoint.ts'
import type { ReceivedRequest } from '../answers/received-request.ts'

/** Lifetime of a session in the containers of AWS. */
const defaultExpiresInSeconds = 1200

/** The `SessionId` that requests a new session. */
export const newSession = 'NEW_SESSION'

/**
 * Adds stateful sessions to a model, as in the containers of AWS: answers `{"requestType":"NEW_SESSION"}` and `{"requestType":"CLOSE"}`, refuses
 * sessions that are unknown, closed or expired, and passes all other requests to the model.
 */
export function withSessions(
  model: LocalEndpoint,
  expiresInSeconds: number = defaultExpiresInSeconds,
  now?: () => number,
): LocalEndpoint {
  const sessions = createSessionStore(expiresInSeconds, now)

  const open = (): LocalAnswer => {
    const { id, expires } = sessions.create()
    const expiry = expires.toISOString().replace(/\.\d+Z$/, 'Z')
    return text(`Session ${id} created`, { newSessionId: `${id}; Expires=${expiry}` })
  }
  const close = (id: string | undefined): LocalAnswer => {
    if (id === undefined) return badRequest(424, 'Failed to close session: invalid session_id: None')
    sessions.close(id)
    return text(`Session ${id} closed`, { closedSessionId: id })
  }
  return {
    ...model,
    answer(request) {
      const { sessionId } = request
      const problem = sessionId === undefined || sessionId === newSession ? undefined : sessions.problem(sessionId)
      if (problem !== undefined) return badRequest(400, `Bad request: ${problem}`)
      const requestType = requestTypeOf(request)
      if (requestType === 'NEW_SESSION') return open()
      if (requestType === 'CLOSE') return close(sessionId)
      return model.answer(request)
    },
  }
}

function badRequest(status: number, detail: string): LocalAnswer {
  return containerError(status, { detail })
}

function requestTypeOf(request: ReceivedRequest): unknown {
  // Session requests are short; long bodies are not parsed twice.
  if (request.body.length > 200) return undefined
  try {
    const body = request.json()
    return typeof body === 'object' && body !== null && 'requestType' in body ? body.requestType : undefined
  } catch {
    return undefined
  }
}

/** The open sessions of one endpoint. */
export interface SessionStore {
  /** Opens a session. */
  create(): { readonly id: string; readonly expires: Date }
  /** Returns why a session cannot be used, undefined if it can. */
  problem(id: string): string | undefined
  close(id: string): void
}

/**
 * Creates an empty store.
 * @param now - Returns the time in milliseconds since 1970.
 */
export function createSessionStore(expiresInSeconds: number, now: () => number = Date.now): SessionStore {
  const expiryById = new Map<string, number>()
  return {
    create() {
      const id = randomUUID()
      const expiry = now() + expiresInSeconds * 1000
      expiryById.set(id, expiry)
      return { id, expires: new Date(expiry) }
    },
    problem(id) {
      const expiry = expiryById.get(id)
      if (expiry === undefined) return `session not found: ${id}`
      return expiry <= now() ? `session expired: ${id}` : undefined
    },
    close(id) {
      expiryById.delete(id)
    },
  }
}
