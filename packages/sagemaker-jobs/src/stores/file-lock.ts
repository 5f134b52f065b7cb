import { randomUUID } from 'node:crypto'
import { open, readFile, rename, rm, stat, utimes, writeFile } from 'node:fs/promises'
import { hostname } from 'node:os'
import { isJsonObject, parsedJson } from '@x/sagemaker-endpoint/model-kit'
import { SagemakerError } from '@x/sagemaker-endpoint'
import type { StoreLock } from '../contract/job-store.ts'
import { isNotFound } from './file-error.ts'

/** A live lock is touched this often, in milliseconds. */
const heartbeatMs = 10_000
/** A lock that was not touched for so long belongs to a process that has died. */
const staleAfterMs = 60_000

interface Owner {
  readonly token: string
  readonly pid: number
  readonly host: string
}

/** Locks that this process holds, by token. */
const held = new Set<string>()

/**
 * Takes the lock file of a store. The lock of a process of this machine that has died is taken over at once, one of another machine
 * when it was not touched for a minute.
 *
 * @throws {SagemakerError} `job-locked`
 */
export async function takeFileLock(file: string, location: string): Promise<StoreLock> {
  const own: Owner = { token: randomUUID(), pid: process.pid, host: hostname() }
  for (let tries = 0; !(await create(file, own)); tries++) {
    const owner = await liveOwner(file)
    if (owner !== undefined || tries >= 100) throw locked(location, owner)
    await removeStale(file)
  }
  held.add(own.token)
  const losing = new AbortController()
  const heartbeat = setInterval(() => {
    void touch(file, own).then((isOurs) => {
      if (!isOurs) losing.abort(locked(location, undefined))
    })
  }, heartbeatMs)
  heartbeat.unref()
  return {
    lost: losing.signal,
    async release() {
      clearInterval(heartbeat)
      held.delete(own.token)
      if ((await ownerOf(file))?.token === own.token) await rm(file, { force: true })
    },
  }
}

/** Whether a live process holds the lock. */
export async function isFileLocked(file: string): Promise<boolean> {
  return (await liveOwner(file)) !== undefined
}

async function create(file: string, own: Owner): Promise<boolean> {
  try {
    await writeFile(file, JSON.stringify(own), { flag: 'wx', mode: 0o600 })
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

async function ownerOf(file: string): Promise<Owner | undefined> {
  const text = await readFile(file, 'utf8').catch((error: unknown) => {
    if (isNotFound(error)) return ''
    throw error
  })
  const owner = parsedJson(text)
  return isJsonObject(owner) ? (owner as unknown as Owner) : undefined
}

async function ageMs(file: string): Promise<number> {
  const found = await stat(file).catch(() => undefined)
  return found === undefined ? 0 : Date.now() - found.mtimeMs
}

async function liveOwner(file: string): Promise<Owner | undefined> {
  const owner = await ownerOf(file)
  if (owner === undefined) {
    // It is being written, or was torn.
    return (await ageMs(file)) < 1000 && (await exists(file)) ? { token: '', pid: 0, host: '' } : undefined
  }
  if ((await ageMs(file)) > staleAfterMs) return undefined
  if (owner.host !== hostname()) return owner
  // A process of a container often has the same number as its predecessor.
  if (owner.pid === process.pid) return held.has(owner.token) ? owner : undefined
  return isAlive(owner.pid) ? owner : undefined
}

async function exists(file: string): Promise<boolean> {
  return (await stat(file).catch(() => undefined)) !== undefined
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

/** Removes a stale lock. A second file makes sure that two processes do not remove each other's new locks. */
async function removeStale(file: string): Promise<void> {
  const guard = `${file}.takeover`
  const handle = await open(guard, 'wx').catch(() => undefined)
  if (handle === undefined) {
    if ((await ageMs(guard)) > 10_000) await rm(guard, { force: true })
    await new Promise((resolve) => setTimeout(resolve, 20))
    return
  }
  try {
    if ((await liveOwner(file)) === undefined) await rename(file, `${file}.stale`).catch(() => {})
  } finally {
    await handle.close()
    await rm(guard, { force: true })
    await rm(`${file}.stale`, { force: true })
  }
}

async function touch(file: string, own: Owner): Promise<boolean> {
  const owner = await ownerOf(file).catch(() => own)
  if (owner?.token !== own.token) return false
  const now = new Date()
  await utimes(file, now, now).catch(() => {})
  return true
}

function locked(location: string, owner: Owner | undefined): SagemakerError {
  const by = owner === undefined || owner.pid === 0 ? 'another process' : `process ${owner.pid} on ${owner.host}`
  return new SagemakerError('job-locked', `${by} works on the job in ${location}. Wait for it, or end it.`)
}
