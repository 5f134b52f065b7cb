import { open, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import type { StoreLock } from '../contract/job-store.ts'
import { isNotFound } from './file-error.ts'
import { hasDied, heldLocks, lockedError, type LockOwner, newOwner, readOwner } from './lock-owner.ts'

/** A live lock is touched this often, in milliseconds. */
const heartbeatMs = 10_000
/** A lock that was not touched for so long belongs to a process that has died. */
const staleAfterMs = 60_000
const mostTries = 100

/**
 * Takes the lock file of a store. The lock of a process of this machine that has died is taken over at once, one of another machine
 * when it was not touched for a minute.
 *
 * @throws {SagemakerError} `job-locked`
 */
export async function takeFileLock(file: string, location: string): Promise<StoreLock> {
  const own = newOwner()
  for (let tries = 1; !(await create(file, own)); tries++) {
    const state = await stateOf(file)
    if (state.kind === 'live' || tries >= mostTries) throw lockedError(location, state.owner)
    if (state.kind === 'stale') await removeStale(file)
    else await new Promise((resolve) => setTimeout(resolve, 20))
  }
  heldLocks.add(own.token)
  const losing = new AbortController()
  const heartbeat = setInterval(() => {
    void touch(file, own).then((isOurs) => {
      if (!isOurs) losing.abort(lockedError(location))
    })
  }, heartbeatMs)
  heartbeat.unref()
  return {
    lost: losing.signal,
    async release() {
      clearInterval(heartbeat)
      heldLocks.delete(own.token)
      if ((await ownerOf(file))?.token === own.token) await rm(file, { force: true })
    },
  }
}

/** Whether a live process holds the lock. */
export async function isFileLocked(file: string): Promise<boolean> {
  return (await stateOf(file)).kind === 'live'
}

async function create(file: string, own: LockOwner): Promise<boolean> {
  try {
    await writeFile(file, JSON.stringify(own), { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

async function ownerOf(file: string): Promise<LockOwner | undefined> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (isNotFound(error)) return ''
    throw error
  })
  return readOwner(text)
}

/** Time since a file was touched, in milliseconds; `undefined` if there is none. */
async function ageMs(file: string): Promise<number | undefined> {
  const found = await stat(file).catch(() => undefined)
  return found && Date.now() - found.mtimeMs
}

interface LockState {
  readonly kind: 'live' | 'stale' | 'unclear'
  readonly owner?: LockOwner | undefined
}

async function stateOf(file: string): Promise<LockState> {
  const [owner, age] = [await ownerOf(file), await ageMs(file)]
  if (age === undefined) return { kind: 'unclear' }
  // Without an owner it is being written, or was torn by a crash.
  if (owner === undefined) return { kind: age < 1000 ? 'unclear' : 'stale' }
  return { kind: age > staleAfterMs || hasDied(owner) ? 'stale' : 'live', owner }
}

/** Removes a stale lock. A second file makes sure that two processes do not remove each other's new locks. */
async function removeStale(file: string): Promise<void> {
  const guard = `${file}.takeover`
  const handle = await open(guard, 'wx').catch(() => undefined)
  if (handle === undefined) {
    if (((await ageMs(guard)) ?? 0) > 10_000) await rm(guard, { force: true })
    await new Promise((resolve) => setTimeout(resolve, 20))
    return
  }
  try {
    if ((await stateOf(file)).kind === 'stale') await rename(file, `${file}.stale`).catch(() => {})
  } finally {
    await handle.close()
    await rm(`${file}.stale`, { force: true })
    await rm(guard, { force: true })
  }
}

async function touch(file: string, own: LockOwner): Promise<boolean> {
  const owner = await ownerOf(file).catch(() => own)
  if (owner?.token !== own.token) return false
  const now = new Date()
  await utimes(file, now, now).catch(() => {})
  return true
}
