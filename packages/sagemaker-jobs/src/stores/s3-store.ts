import { s3Folder } from '../aws/s3-location.ts'
import { S3Objects } from '../aws/s3-objects.ts'
import type { ServiceConnection } from '../aws/service-connection.ts'
import type { JobLog, JobStore, LogChunk, StoreLock } from '../contract/job-store.ts'
import { lockedError } from './lock-owner.ts'
import { isLive, type LeaseTimes, takeLease } from './s3-lease.ts'

/** Options of `s3Store`: how often it is written to. */
export interface S3StoreOptions {
  /**
   * How long lines wait to be written together, in milliseconds. Every write is an object.
   * @defaultValue 500
   */
  readonly appendIntervalMs?: number | undefined
  /**
   * After which time another machine takes over a job whose process has died, in milliseconds. It is renewed three times as often.
   * @defaultValue 60,000
   */
  readonly leaseMs?: number | undefined
}

/** Objects that are read at the same time. */
const readAhead = 8

/**
 * Keeps a job in S3, so that another machine can go on with it: `job.json`, `lock.json`, and objects of lines under `requests/` and
 * `results/`. Needs `s3:GetObject`, `s3:PutObject`, `s3:DeleteObject` (of the lock) and `s3:ListBucket`, and a service that honours
 * conditional writes, as S3 does: without them, two processes may work on a job at once.
 *
 * @param uri - folder of the job, such as `s3://bucket/jobs/one/`
 * @param connection - client of S3, or options for one
 * @throws {SagemakerError} `invalid-request` if `uri` is none
 */
export function s3Store(uri: string, connection: ServiceConnection = {}, options: S3StoreOptions = {}): JobStore {
  return new S3Store(s3Folder(uri), new S3Objects(connection), options)
}

class S3Store implements JobStore {
  readonly location: string
  readonly appendIntervalMs: number
  readonly #objects: S3Objects
  readonly #times: LeaseTimes
  /** Number of the last object of each log. */
  readonly #last = new Map<JobLog, number>()

  constructor(folder: string, objects: S3Objects, { appendIntervalMs = 500, leaseMs = 60_000 }: S3StoreOptions) {
    this.location = folder
    this.appendIntervalMs = appendIntervalMs
    this.#objects = objects
    this.#times = { leaseMs, renewalMs: leaseMs / 3 }
  }

  async readDescription(): Promise<string | undefined> {
    const object = await this.#objects.get(`${this.location}job.json`)
    return object && new TextDecoder().decode(object.body)
  }

  async createDescription(text: string): Promise<boolean> {
    return (await this.#objects.put(`${this.location}job.json`, text, { ifNoneMatch: '*' })) !== undefined
  }

  async lock(): Promise<StoreLock> {
    const lease = await takeLease(this.#objects, this.#lockUri, this.location, this.#times)
    this.#last.clear()
    return {
      lost: lease.lost,
      release: async () => {
        await lease.release()
        this.#objects.close()
      },
    }
  }

  async isLocked(): Promise<boolean> {
    const object = await this.#objects.get(this.#lockUri)
    return object !== undefined && isLive(new TextDecoder().decode(object.body))
  }

  async append(log: JobLog, lines: string): Promise<void> {
    const next = (this.#last.get(log) ?? (await this.#lastOf(log))) + 1
    // An object of this number was written by a process that has taken over.
    const etag = await this.#objects.put(this.#uriOf(log, next), lines, { ifNoneMatch: '*' })
    if (etag === undefined) throw lockedError(this.location)
    this.#last.set(log, next)
  }

  async *read(log: JobLog, position?: string): AsyncGenerator<LogChunk, void, undefined> {
    const reading: { readonly uri: string; readonly body: Promise<Uint8Array | undefined> }[] = []
    const take = async (): Promise<LogChunk> => {
      const { uri, body } = reading.shift() as (typeof reading)[number]
      return { bytes: (await body) ?? new Uint8Array(), position: uri }
    }
    try {
      for await (const page of this.#objects.list(`${this.location}${log}/`, { startAfter: position })) {
        for (const uri of page) {
          reading.push({ uri, body: this.#objects.get(uri).then((object) => object?.body) })
          if (reading.length >= readAhead) yield await take()
        }
      }
      while (reading.length > 0) yield await take()
    } finally {
      // A reader that leaves early does not care how these end.
      for (const { body } of reading) body.catch(() => {})
    }
  }

  get #lockUri(): string {
    return `${this.location}lock.json`
  }

  /** Keys in the order of the numbers. */
  #uriOf(log: JobLog, number: number): string {
    return `${this.location}${log}/${String(number).padStart(10, '0')}.jsonl`
  }

  async #lastOf(log: JobLog): Promise<number> {
    let last = 0
    for await (const page of this.#objects.list(`${this.location}${log}/`)) {
      const uri = page.at(-1)
      if (uri !== undefined) last = Number.parseInt(uri.slice(uri.lastIndexOf('/') + 1), 10)
    }
    return last
  }
}
