import { numberIn, parsedJson } from '@x/sagemaker-endpoint/model-kit'
import type { S3Objects } from '../aws/s3-objects.ts'
import type { StoreLock } from '../contract/job-store.ts'
import { hasDied, heldLocks, lockedError, newOwner, readOwner } from './lock-owner.ts'

/** How long a lease holds without being renewed, and how often it is renewed, in milliseconds. */
export interface LeaseTimes {
  readonly leaseMs: number
  readonly renewalMs: number
}

/**
 * Takes a lease on an object by conditional writes: created only where there is none, renewed and taken over only if it is still the
 * object that was read (compare and swap by entity tag). A lease that has run out is taken over, and that of a process of this machine
 * that has died.
 *
 * @throws {SagemakerError} `job-locked`
 */
export async function takeLease(
  objects: S3Objects,
  uri: string,
  location: string,
  { leaseMs, renewalMs }: LeaseTimes,
): Promise<StoreLock> {
  const own = newOwner()
  let expiresAtMs = 0
  const content = (): string => {
    expiresAtMs = Date.now() + leaseMs
    return JSON.stringify({ ...own, expiresAt: expiresAtMs })
  }
  let etag = await objects.put(uri, content(), { ifNoneMatch: '*' })
  if (etag === undefined) {
    const present = await objects.get(uri)
    const text = new TextDecoder().decode(present?.body)
    if (present !== undefined && isLive(text)) throw lockedError(location, readOwner(text))
    const condition = present?.etag === undefined ? ({ ifNoneMatch: '*' } as const) : { ifMatch: present.etag }
    etag = await objects.put(uri, content(), condition)
    if (etag === undefined) throw lockedError(location)
  }
  heldLocks.add(own.token)
  const losing = new AbortController()
  let renewing = Promise.resolve()
  const lose = (): void => {
    clearInterval(timer)
    losing.abort(lockedError(location))
  }
  const renew = async (): Promise<void> => {
    const heldUntilMs = expiresAtMs
    try {
      const next = await objects.put(uri, content(), { ifMatch: etag ?? '' })
      if (next === undefined) return lose()
      etag = next
    } catch {
      expiresAtMs = heldUntilMs
      // S3 may be back before the lease runs out.
      if (Date.now() >= heldUntilMs) lose()
    }
  }
  const timer = setInterval(() => {
    renewing = renewing.then(renew)
  }, renewalMs)
  timer.unref()
  return {
    lost: losing.signal,
    async release() {
      clearInterval(timer)
      await renewing
      heldLocks.delete(own.token)
      if (losing.signal.aborted) return
      const text = new TextDecoder().decode((await objects.get(uri))?.body)
      if (readOwner(text)?.token === own.token) await objects.delete(uri)
    },
  }
}

/** Whether the text of a lease is that of a process that is at work. */
export function isLive(text: string): boolean {
  const owner = readOwner(text)
  const expiresAtMs = numberIn(parsedJson(text), 'expiresAt') ?? 0
  return owner !== undefined && Date.now() < expiresAtMs && !hasDied(owner)
}
