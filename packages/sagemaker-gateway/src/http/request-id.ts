import { randomUUID } from 'node:crypto'

const idLike = /^[A-Za-z0-9][A-Za-z0-9_-]{7,127}$/

/** The id of a request: the one that the client sent, if it looks like one, otherwise a new one. */
export function requestIdOf(headers: Headers): string {
  const given = headers.get('x-request-id')
  return given !== null && idLike.test(given) ? given : randomUUID()
}
