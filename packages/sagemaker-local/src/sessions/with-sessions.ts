import { containerError, text, type Answer } from '../answers/local-answer.ts'
import type { LocalEndpoint } from '../answers/local-endpoint.ts'
import type { ReceivedRequest } from '../answers/received-request.ts'
import { createSessionStore } from './session-store.ts'

/** Lifetime of a session in AWS's own containers. */
const defaultExpiresInSeconds = 1200

/** The `SessionId` that asks for a session. */
export const newSession = 'NEW_SESSION'

/**
 * A container with stateful sessions as AWS's own containers have them: it answers `{"requestType":"NEW_SESSION"}` and
 * `{"requestType":"CLOSE"}` itself, refuses a session that is unknown, closed or expired, and leaves everything else to the model.
 */
export function withSessions(
  model: LocalEndpoint,
  expiresInSeconds: number = defaultExpiresInSeconds,
  now?: () => number,
): LocalEndpoint {
  const sessions = createSessionStore(expiresInSeconds, now)

  const open = (): Answer => {
    const { id, expires } = sessions.create()
    const expiry = expires.toISOString().replace(/\.\d+Z$/, 'Z')
    return text(`Session ${id} created`, { newSessionId: `${id}; Expires=${expiry}` })
  }
  const close = (id: string | undefined): Answer => {
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

function badRequest(status: number, detail: string): Answer {
  return containerError(status, { detail })
}

function requestTypeOf(request: ReceivedRequest): unknown {
  // Only a body this short can be a session request; a long one is not parsed twice.
  if (request.body.length > 200) return undefined
  try {
    const body = request.json()
    return typeof body === 'object' && body !== null && 'requestType' in body ? body.requestType : undefined
  } catch {
    return undefined
  }
}
