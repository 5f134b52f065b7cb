import { randomUUID } from 'node:crypto'
import { access, mkdir, readdir, readFile, rename, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { SagemakerError } from '@x/sagemaker-endpoint'
import type * as Jobs from '@x/sagemaker-jobs'
import { type BatchCall, callText } from './batch-call.ts'

/** What a batch is, written once when it is started. */
export interface BatchDescription {
  readonly endpointName: string
  readonly total: number
  readonly createdAt: string
}

/** A request of a batch. */
export interface BatchRequest {
  readonly id: string
  readonly call: object
}

const idPattern = /^batch-[\da-z]+-[\da-z]+$/

/** A batch in its folder: `batch.json`, the requests in `input.jsonl`, the job in `job`, and `cancelled` once it was cancelled. */
export class BatchFolder {
  readonly id: string
  readonly description: BatchDescription
  readonly store: Jobs.JobStore
  /** The package that runs the job. */
  readonly jobs: typeof Jobs
  readonly #folder: string

  private constructor(jobs: typeof Jobs, root: string, id: string, description: BatchDescription) {
    this.jobs = jobs
    this.id = id
    this.description = description
    this.#folder = path.join(root, id)
    this.store = jobs.fileStore(path.join(this.#folder, 'job'))
  }

  /** Writes the requests of a new batch. */
  static async create(root: string, endpointName: string, requests: readonly BatchRequest[]): Promise<BatchFolder> {
    const createdAt = new Date()
    const id = `batch-${createdAt.getTime().toString(36)}-${randomUUID().slice(0, 8)}`
    const description = { endpointName, total: requests.length, createdAt: createdAt.toISOString() }
    const folder = path.join(root, id)
    await mkdir(folder, { recursive: true, mode: 0o700 })
    const lines = requests.map((request) => `{"id":${JSON.stringify(request.id)},"input":${callText(request.call)}}\n`)
    await writeFile(path.join(folder, 'input.jsonl'), lines.join(''), { mode: 0o600, flush: true })
    // Last, and at once: a folder with a description is complete.
    await writeFile(path.join(folder, 'batch.json.partial'), JSON.stringify(description), { mode: 0o600, flush: true })
    await rename(path.join(folder, 'batch.json.partial'), path.join(folder, 'batch.json'))
    return new BatchFolder(await loadJobs(), root, id, description)
  }

  /** @throws {SagemakerError} `invalid-request` if there is no such batch. */
  static async open(root: string, id: string): Promise<BatchFolder> {
    // The id may come from a client of the application: it must not lead out of the folder.
    const text = idPattern.test(id)
      ? await readFile(path.join(root, id, 'batch.json'), 'utf8').catch(notFound)
      : undefined
    if (text === undefined) {
      throw new SagemakerError('invalid-request', `there is no batch ${JSON.stringify(id)} in ${root}.`)
    }
    return new BatchFolder(await loadJobs(), root, id, JSON.parse(text) as BatchDescription)
  }

  /** Ids of the batches in a folder, newest first. */
  static async list(root: string): Promise<readonly string[]> {
    const names = await readdir(root).catch(notFound)
    return (names ?? []).filter((name) => idPattern.test(name)).toSorted((a, b) => (a < b ? 1 : -1))
  }

  /** The requests, as rows of a job. */
  get rows(): Jobs.JobRows<BatchCall> {
    return this.jobs.jsonlRows<BatchCall>(path.join(this.#folder, 'input.jsonl'))
  }

  isCancelled(): Promise<boolean> {
    return access(path.join(this.#folder, 'cancelled')).then(
      () => true,
      () => false,
    )
  }

  async markCancelled(): Promise<void> {
    await writeFile(path.join(this.#folder, 'cancelled'), '')
  }
}

function notFound(error: NodeJS.ErrnoException): undefined {
  if (error.code === 'ENOENT') return undefined
  throw error
}

/** Loads the optional peer when the first batch needs it. */
async function loadJobs(): Promise<typeof Jobs> {
  const packageName = '@x/sagemaker-jobs'
  try {
    return await import('@x/sagemaker-jobs')
  } catch (cause) {
    const message = `${packageName} could not be loaded. Install it: npm i ${packageName}`
    throw new SagemakerError('missing-dependency', message, { cause, packageName })
  }
}
