import { mapConcurrent } from '@x/stream-core'
import { SagemakerError } from '@x/sagemaker-endpoint'
import { refusalScope } from '@x/sagemaker-endpoint/model-kit'
import type { S3Objects } from '../../aws/s3-objects.ts'
import type { EngineRow, EngineWork } from '../../contract/job-engine.ts'
import { halves, maxRowsOf, outcomesOf, requestFor } from '../row-requests.ts'
import { Slots } from '../slots.ts'
import { manifestText, readShard, readShardOutput, type ShardRecord, shardText } from './shard.ts'
import type { TransformService } from './transform-service.ts'
import type { TransformSettings } from './transform-settings.ts'

/** Shards that go through one transform job. */
interface Round {
  readonly jobName: string
  readonly shards: string[]
  /** Whether an earlier run has created the transform job, and may have stopped it. */
  readonly isEarlier: boolean
}

/** A shard, with its answers and the rows of its records if it has any. */
interface AnsweredShard<I> {
  readonly shard: string
  readonly answers?: ReadonlyMap<number, Uint8Array>
  readonly records?: readonly (readonly EngineRow<I>[])[]
}

/** Into how many parts a shard is divided that has no answers: fewer rounds than by halves, each of which starts instances. */
const partsPerDivision = 16
/** Shards that are read or written at a time. They are in memory meanwhile. */
const objectsAtATime = 4
const mostAttempts = 3
/** Reasons that have nothing to do with the records. */
const passing = /InternalServerError|CapacityError|InsufficientInstanceCapacity|Throttl/i

/** One run of a job by batch transform. */
export class TransformRun<I, O> {
  readonly #settings: TransformSettings
  readonly #objects: S3Objects
  readonly #service: TransformService
  readonly #work: EngineWork<I, O>
  readonly #uploading = new Slots(objectsAtATime)
  /** How often each shard was in a transform job that failed for a passing reason. */
  readonly #passingFailures = new Map<string, number>()
  #contentType: string | undefined
  #round: Round | undefined
  #uploads: Promise<void>[] = []
  #draft: ShardRecord<I>[] = []
  #draftRows = 0
  #draftBytes = 0
  #rounds = 0
  #hasAnswers = false

  constructor(settings: TransformSettings, objects: S3Objects, service: TransformService, work: EngineWork<I, O>) {
    this.#settings = settings
    this.#objects = objects
    this.#service = service
    this.#work = work
  }

  /** @throws {SagemakerError} what is not about single rows. */
  async run(): Promise<void> {
    const { signal, codec } = this.#work
    const maxRows = Math.min(maxRowsOf(codec), this.#settings.rowsPerShard)
    const earlier = new Map<string, string[]>()
    for await (const { rows, request } of this.#work.items(() => maxRows)) {
      const jobName = request?.locations?.job
      if (request === undefined) await this.#add(rows)
      // A process may have died before it had uploaded the shard.
      else if (jobName === undefined || !(await this.#objects.exists(this.#shardUri(request.name)))) {
        await this.#addAll(request.rows, maxRows)
      } else {
        const shards = earlier.get(jobName)
        if (shards === undefined) earlier.set(jobName, [request.name])
        else shards.push(request.name)
        if (this.#contentType === undefined) await this.#bodyOf(request.rows.slice(0, 1))
      }
    }
    for (const [jobName, shards] of earlier) await this.#finish({ jobName, shards, isEarlier: true })
    while (!signal.aborted) {
      await this.#flush()
      const round = this.#round
      this.#round = undefined
      await Promise.all(this.#uploads)
      this.#uploads = []
      if (round === undefined || signal.aborted) return
      await this.#create(round)
      await this.#finish(round)
    }
  }

  /** Creates the transform job of a round. Its input is a manifest, so that shards of earlier rounds need not be uploaded again. */
  async #create({ jobName, shards }: Round): Promise<void> {
    const manifest = `${this.#folder}${jobName}.manifest`
    await this.#objects.put(manifest, manifestText(this.#folder, shards.map(shardFile)))
    const output = `${this.#settings.output}${jobName}`
    await this.#service.create({
      name: jobName,
      manifest,
      output,
      contentType: this.#contentType ?? 'application/json',
    })
    this.#rounds++
  }

  async #addAll(rows: readonly EngineRow<I>[], maxRows: number): Promise<void> {
    for (let start = 0; start < rows.length; start += maxRows) await this.#add(rows.slice(start, start + maxRows))
  }

  /** Adds rows to the shard that is being filled. */
  async #add(rows: readonly EngineRow<I>[]): Promise<void> {
    const record = await this.#recordOf(rows)
    if (record === undefined) return
    const bytes = Buffer.byteLength(shardText([record]))
    const { rowsPerShard, maxShardBytes } = this.#settings
    if (this.#draftRows + rows.length > rowsPerShard || this.#draftBytes + bytes > maxShardBytes) await this.#flush()
    this.#draft.push(record)
    this.#draftRows += rows.length
    this.#draftBytes += bytes
  }

  /** Writes the request for rows. If it cannot be sent, each half is added; a single row fails. */
  async #recordOf(rows: readonly EngineRow<I>[]): Promise<ShardRecord<I> | undefined> {
    try {
      return { rows, body: await this.#bodyOf(rows) }
    } catch (error) {
      if (!SagemakerError.is(error) || refusalScope(error) !== 'items') throw error
      if (rows.length === 1) await this.#work.finish(rows, [error])
      else for (const half of halves(rows)) await this.#add(half)
      return undefined
    }
  }

  async #bodyOf(rows: readonly EngineRow<I>[]): Promise<string> {
    const { body, contentType, customAttributes } = await requestFor(this.#work.codec, rows)
    const refuse = (problem: string): never => {
      throw new SagemakerError('invalid-request', `${problem}, which batch transform cannot send.`)
    }
    if (!/\bjson\b/.test(contentType)) refuse(`the request is ${contentType}`)
    if (customAttributes !== undefined) refuse('the request has custom attributes')
    const { maxPayloadInMB } = this.#settings
    if (body.length > maxPayloadInMB * 2 ** 20) {
      const message = `the request has ${body.length} bytes, more than maxPayloadInMB (${maxPayloadInMB}) allows.`
      throw new SagemakerError('payload-too-large', message)
    }
    this.#contentType = contentType
    const text = new TextDecoder().decode(body)
    return text.includes('\n') ? JSON.stringify(JSON.parse(text)) : text
  }

  /** Uploads the shard that was filled. It is on record before. */
  async #flush(): Promise<void> {
    const records = this.#draft
    if (records.length === 0) return
    this.#draft = []
    this.#draftRows = 0
    this.#draftBytes = 0
    const { jobName, shards } = this.#nextRound()
    const request = await this.#work.submit(records.flatMap(({ rows }) => rows))
    shards.push(request.name)
    let start = 0
    const numbered = records.map(({ rows, body }) => {
      start += rows.length
      return { rows: request.rows.slice(start - rows.length, start), body }
    })
    // Before the transform job is created, so that a process that goes on finds its answers.
    const recorded = this.#assign(request.name, jobName)
    const upload = this.#uploading.run(async () => {
      await Promise.all([recorded, this.#objects.put(this.#shardUri(request.name), shardText(numbered))])
    })
    this.#uploads.push(upload)
    // A few at a time, so that only they are in memory.
    upload.catch(() => {})
    if (this.#uploads.length >= objectsAtATime) await this.#uploads.shift()
  }

  #nextRound(): Round {
    const jobName = `${this.#work.jobId}-${Date.now().toString(36)}-${this.#rounds}`
    return (this.#round ??= { jobName, shards: [], isEarlier: false })
  }

  /** Records which transform job a shard is part of. */
  #assign(shard: string, jobName: string): Promise<void> {
    return this.#work.accept({ name: shard }, { output: this.#outputOf(jobName, shard), job: jobName })
  }

  /** Waits for a transform job, and takes what came of its shards. What has no answers goes into the next round. */
  async #finish({ jobName, shards, isEarlier }: Round): Promise<void> {
    const { signal } = this.#work
    const outcome = await this.#service.ended(jobName, signal)
    if (outcome === undefined) {
      if (this.#work.isCancelled()) await this.#service.stop(jobName)
      return
    }
    const { status, reason } = outcome
    const missing: string[] = []
    const read = mapConcurrent((shard: string) => this.#read(jobName, shard), { concurrency: objectsAtATime })
    for await (const answered of read(shards)) {
      if (signal.aborted) return
      if (answered.answers === undefined) missing.push(answered.shard)
      else await this.#take(jobName, answered, reason)
    }
    if (missing.length === 0) return
    if (status === 'Stopped' && !isEarlier) throw this.#failure('aborted', jobName, 'was stopped')
    const isPassing = status === 'missing' || status === 'Stopped' || passing.test(reason)
    if (!isPassing && shards.length > 1 && !this.#hasAnswers && !this.#work.hasOutputs()) {
      throw this.#failure('model-error', jobName, reason)
    }
    for (const shard of missing) {
      if (isPassing) await this.#repeat(jobName, shard, reason)
      else await this.#divide(jobName, shard, reason)
    }
  }

  /** Reads a shard and its output. Without an output, or without the shard that says which rows it is of, it has no answers. */
  async #read(jobName: string, shard: string): Promise<AnsweredShard<I>> {
    const output = await this.#objects.get(this.#outputOf(jobName, shard))
    const input = output && (await this.#objects.get(this.#shardUri(shard)))
    if (output === undefined || input === undefined) return { shard }
    return { shard, answers: readShardOutput(output.body), records: readShard<I>(input.body) }
  }

  /** Records the answers to a shard. */
  async #take(jobName: string, { answers, records = [] }: AnsweredShard<I>, reason: string): Promise<void> {
    this.#hasAnswers = true
    const rows: EngineRow<I>[] = []
    const outcomes: (O | Error)[] = []
    const again: (readonly EngineRow<I>[])[] = []
    for (const [n, recordRows] of records.entries()) {
      const body = answers?.get(n)
      try {
        if (body === undefined) throw this.#failure('model-error', jobName, reason || 'gave no answer')
        const read = await outcomesOf(this.#work.codec, recordRows, body, 'application/json')
        rows.push(...recordRows)
        outcomes.push(...read)
      } catch (error) {
        if (!(error instanceof Error)) throw error
        if (recordRows.length === 1) {
          rows.push(...recordRows)
          outcomes.push(error)
        } else again.push(...halves(recordRows))
      }
    }
    await this.#work.finish(rows, outcomes)
    for (const part of again) await this.#add(part)
  }

  /** Puts a shard as it is into the next round. */
  async #repeat(jobName: string, shard: string, reason: string): Promise<void> {
    const failures = (this.#passingFailures.get(shard) ?? 0) + 1
    if (failures >= mostAttempts) throw this.#failure('service-unavailable', jobName, reason)
    this.#passingFailures.set(shard, failures)
    const round = this.#nextRound()
    round.shards.push(shard)
    await this.#assign(shard, round.jobName)
  }

  /** Divides a shard of which a row may be at fault, and puts its parts into the next round. */
  async #divide(jobName: string, shard: string, reason: string): Promise<void> {
    const input = await this.#objects.get(this.#shardUri(shard))
    // When the job is resumed, its rows are uploaded again.
    if (input === undefined) throw this.#failure('service-unavailable', jobName, `its shard ${shard} is gone`)
    const records = readShard<I>(input.body)
    const rows = records.flat()
    if (rows.length === 1) return this.#work.finish(rows, [this.#failure('model-error', jobName, reason)])
    const units = records.length > 1 ? records : rows.map((row) => [row])
    const size = Math.ceil(units.length / partsPerDivision)
    for (let start = 0; start < units.length; start += size) {
      await this.#flush()
      for (const unit of units.slice(start, start + size)) await this.#add(unit)
      await this.#flush()
    }
  }

  #failure(code: 'aborted' | 'model-error' | 'service-unavailable', jobName: string, reason: string): SagemakerError {
    const words = reason.replaceAll(/[\s\p{Cc}\p{Cf}]+/gu, ' ').slice(0, 300)
    const message = `the transform job ${jobName} failed: ${words || 'no reason given'}. See its logs in CloudWatch, /aws/sagemaker/TransformJobs.`
    return new SagemakerError(code, message)
  }

  /** Folder of the shards and manifests of this job. */
  get #folder(): string {
    return `${this.#settings.input}${this.#work.jobId}/`
  }

  #shardUri(shard: string): string {
    return this.#folder + shardFile(shard)
  }

  #outputOf(jobName: string, shard: string): string {
    return `${this.#settings.output}${jobName}/${shardFile(shard)}.out`
  }
}

function shardFile(shard: string): string {
  return `${shard}.jsonl`
}
