import { randomUUID } from 'node:crypto'
import { hostname } from 'node:os'
import { isJsonObject, numberIn, parsedJson, stringIn } from '@x/sagemaker-endpoint/model-kit'
import { SagemakerError } from '@x/sagemaker-endpoint'

/** The process that holds a lock. */
export interface LockOwner {
  readonly token: string
  readonly pid: number
  readonly host: string
}

/** Locks that this process holds, by token. */
export const heldLocks: Set<string> = new Set()

/** A new lock of this process. */
export function newOwner(): LockOwner {
  return { token: randomUUID(), pid: process.pid, host: hostname() }
}

/** Reads the content of a lock; `undefined` if it is none. */
export function readOwner(text: string): LockOwner | undefined {
  const value = parsedJson(text)
  const token = stringIn(value, 'token')
  if (!isJsonObject(value) || token === undefined) return undefined
  return { token, pid: numberIn(value, 'pid') ?? 0, host: stringIn(value, 'host') ?? '' }
}

/** Whether the process of a lock has died for sure, which only its own machine knows. */
export function hasDied({ token, pid, host }: LockOwner): boolean {
  if (host !== hostname()) return false
  // A process of a container often has the same number as its predecessor.
  return pid === process.pid ? !heldLocks.has(token) : !isAlive(pid)
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** The error for a store that another process has. */
export function lockedError(location: string, owner?: LockOwner): SagemakerError {
  const by = owner === undefined ? 'another process' : `process ${owner.pid} on ${owner.host}`
  return new SagemakerError('job-locked', `${by} works on the job in ${location}. Wait for it, or end it.`)
}
