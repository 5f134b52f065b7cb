import { randomUUID } from 'node:crypto'

/** The open sessions of one endpoint. */
export interface SessionStore {
  /** Opens a session. */
  create(): { readonly id: string; readonly expires: Date }
  /** Why a session cannot be used, if it cannot. */
  problem(id: string): string | undefined
  close(id: string): void
}

/** @param now - The time in milliseconds since 1970. */
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
