import { SagemakerError } from '@x/sagemaker-endpoint'
import { refusalScope } from '@x/sagemaker-endpoint/model-kit'
import type { S3Objects } from '../../aws/s3-objects.ts'
import type { EngineRow, EngineWork } from '../../contract/job-engine.ts'
import { halves, maxRowsOf, outcomesOf, requestFor } from '../row-requests.ts'
import { Slots } from '../slots.ts'
import { readShard, readShardOutput, type ShardRecord, shardText } from './shard.ts'
import type { TransformService } from './transform-service.ts'
import type { TransformSettings } from './transform-settings.ts'

/** Shards that go through one transform job. */
interface Round {
  readonly jobName: string
  readonly shards: string[]
}

/** Into how many parts a shard is divided that has no answers: fewer rounds than by halves, each of which starts instances. */
const partsPerDivision = 16
const uploadsAtATime = 4
const mostAttempts = 3
/** Reasons that have nothing to do with the records. */
const passing = /InternalServerError|CapacityError|InsufficientInstanceCapacity|Throttl/i

/** One run of a job by batch transform. */
export class TransformRun<I, O> {
  readonly #settings: TransformSettings
  readonly #objects: S3Objects
  readonly #service: TransformService
  readonly #work: EngineWork<I, O>
  readonly #uploading = new Slots(uploadsAtATime)
  #contentType = 'application/json'
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
      else if (jobName === undefined) await this.#addAll(request.rows, maxRows)
      else earlier.set(jobName, [...(earlier.get(jobName) ?? []), request.name])
    }
    for (const [jobName, shards] of earlier) await this.#finish({ jobName, shards })
    while (!signal.aborted) {
      await this.#flush()
      const round = this.#round
      this.#round = undefined
      await Promise.all(this.#uploads)
      this.#uploads = []
      if (round === undefined || signal.aborted) return
      const { jobName } = round
      await this.#service.create(jobName, this.#inputOf(jobName), this.#outputOf(jobName), this.#contentType)
      this.#rounds++
      await this.#finish(round)
    }
  }

  async #addAll(rows: readonly EngineRow<I>[], maxRows: number): Promise<void> {
    for (let start = 0; start < rows.length; start += maxRows) await this.#add(rows.slice(start, start + maxRows))
  }

  /** Adds rows to the shard that is being filled. Rows that cannot be sent fail. */
  async #add(rows: readonly EngineRow<I>[]): Promise<void> {
    try {
      const record = { rows, body: await this.#bodyOf(rows) }
      if (this.#draftRows + rows.length > this.#settings.rowsPerShard) await this.#flush()
      this.#draft.push(record)
      this.#draftRows += rows.length
      this.#draftBytes += record.body.length
      if (this.#draftBytes * 2 >= this.#settings.maxShardBytes) await this.#flush()
    } catch (error) {
      if (!SagemakerError.is(error) || refusalScope(error) !== 'items') throw error
      if (rows.length === 1) return this.#work.finish(rows, [error])
      for (const half of halves(rows)) await this.#add(half)
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
    this.#round ??= { jobName: `${this.#work.jobId}-${Date.now().toString(36)}-${this.#rounds}`, shards: [] }
    const { jobName, shards } = this.#round
    const request = await this.#work.submit(records.flatMap(({ rows }) => rows))
    shards.push(request.name)
    let start = 0
    const numbered = records.map(({ rows, body }) => {
      start += rows.length
      return { rows: request.rows.slice(start - rows.length, start), body }
    })
    // Before the transform job is created, so that a process that goes on finds its answers.
    const recorded = this.#work.accept(request, { output: this.#outputOf(jobName, request.name), job: jobName })
    const upload = this.#uploading.run(async () => {
      await Promise.all([recorded, this.#objects.put(this.#inputOf(jobName, request.name), shardText(numbered))])
    })
    this.#uploads.push(upload)
    // A few at a time, so that only they are in memory.
    upload.catch(() => {})
    if (this.#uploads.length >= uploadsAtATime) await this.#uploads.shift()
  }

  /** Waits for a transform job, and takes what came of its shards. What has no answers goes into the next round. */
  async #finish({ jobName, shards }: Round): Promise<void> {
    const { signal } = this.#work
    const outcome = await this.#service.ended(jobName, signal)
    if (outcome === undefined) {
      if (this.#work.isCancelled()) await this.#service.stop(jobName)
      return
    }
    const missing: string[] = []
    for (const shard of shards) {
      if (signal.aborted) return
      if (!(await this.#take(jobName, shard, outcome.reason))) missing.push(shard)
    }
    if (missing.length === 0) return
    const { status, reason } = outcome
    if (status === 'Stopped') throw this.#failure('aborted', jobName, 'was stopped')
    const isPassing = status === 'missing' || passing.test(reason)
    if (!isPassing && !this.#hasAnswers && shards.length > 1) throw this.#failure('model-error', jobName, reason)
    for (const shard of missing) await this.#again(jobName, shard, isPassing, reason)
  }

  /** @returns whether the shard has an output. */
  async #take(jobName: string, shard: string, reason: string): Promise<boolean> {
    const output = await this.#objects.get(this.#outputOf(jobName, shard))
    const input = output && (await this.#objects.get(this.#inputOf(jobName, shard)))
    if (output === undefined || input === undefined) return false
    this.#hasAnswers = true
    const answers = readShardOutput(output.body)
    const rows: EngineRow<I>[] = []
    const outcomes: (O | Error)[] = []
    const again: (readonly EngineRow<I>[])[] = []
    for (const [n, recordRows] of readShard<I>(input.body).entries()) {
      const body = answers.get(n)
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
    return true
  }

  /** Puts the rows of a shard without answers into the next round, in parts if one of them may be at fault. */
  async #again(jobName: string, shard: string, isPassing: boolean, reason: string): Promise<void> {
    const input = await this.#objects.get(this.#inputOf(jobName, shard))
    // Without its object it was never sent: its rows are sent when the job is resumed.
    if (input === undefined) throw this.#failure('service-unavailable', jobName, `has lost its shard ${shard}`)
    const records = readShard<I>(input.body)
    const rows = records.flat()
    const attempt = rows[0]?.attempt ?? 1
    if (isPassing) {
      if (attempt >= mostAttempts) throw this.#failure('service-unavailable', jobName, reason)
      await this.#flush()
      for (const record of records) await this.#add(record.map((row) => ({ ...row, attempt: attempt + 1 })))
      return this.#flush()
    }
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

  #inputOf(jobName: string, shard?: string): string {
    return `${this.#settings.input}${jobName}/${shard === undefined ? '' : `${shard}.jsonl`}`
  }

  #outputOf(jobName: string, shard?: string): string {
    return `${this.#settings.output}${jobName}${shard === undefined ? '' : `/${shard}.jsonl.out`}`
  }
}
