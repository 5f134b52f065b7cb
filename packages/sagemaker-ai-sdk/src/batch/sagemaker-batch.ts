import {
  type Experimental_BatchV4,
  type Experimental_BatchV4CancelResult,
  type Experimental_BatchV4ItemResult,
  type Experimental_BatchV4ListOptions,
  type Experimental_BatchV4ListResult,
  type Experimental_BatchV4OperationOptions,
  type Experimental_BatchV4StartOptions,
  type Experimental_BatchV4StartResult,
  type Experimental_BatchV4Status,
  UnsupportedFunctionalityError,
} from '@ai-sdk/provider'
import type { ModelCodec } from '@x/bedrock-like-types'
import { SagemakerError } from '@x/sagemaker-endpoint'
import type { Job, JobEngine } from '@x/sagemaker-jobs'
import type { ModelFormatOptions } from '@x/sagemaker-llm'
import type { LanguageModelBehavior } from '../contract/settings.ts'
import type { GenerateResult } from '../contract/stream-part.ts'
import { languageRequest } from '../request/language-request.ts'
import { type BatchCall, callText, readCall } from './batch-call.ts'
import { batchCodec } from './batch-codec.ts'
import { BatchFolder } from './batch-folder.ts'
import { batchItem, batchStatus } from './batch-report.ts'

/**
 * Settings of batches: those of the model, what it does for the AI SDK, and where and how requests are sent.
 *
 * @experimental
 */
export interface Experimental_SagemakerBatchSettings
  extends ModelFormatOptions, Omit<LanguageModelBehavior, 'retries'> {
  /**
   * Folder of the batches: requests, what was sent, results. Every process that asks for a batch needs it. Files can be read by their
   * owner only.
   */
  readonly folder: string
  /**
   * How requests reach an endpoint: `realtimeEngine`, `asyncEngine` or `transformEngine` of `@x/sagemaker-jobs`, for the name of the
   * endpoint that is the model of the requests.
   */
  readonly engine: (endpointName: string) => JobEngine
}

/**
 * Batches for `experimental_startBatch` and the other functions of the AI SDK.
 *
 * @experimental
 */
export interface Experimental_SagemakerBatch extends Experimental_BatchV4 {
  /** Stops a batch, also one that another process works on. Results that are there can be read. */
  doCancelBatch(options: Experimental_BatchV4OperationOptions): Promise<Experimental_BatchV4CancelResult>
  /** Lists the batches of the folder, newest first. */
  doListBatches(options: Experimental_BatchV4ListOptions): Promise<Experimental_BatchV4ListResult>
  /** Stops the work of this process. Batches go on when their status is asked for again. */
  close(): Promise<void>
}

/** How often a process looks whether another one has cancelled its batch, in milliseconds. */
const cancelPollMs = 1000
const defaultListLimit = 20

/**
 * Batches on SageMaker endpoints, as jobs of `@x/sagemaker-jobs`. The process that starts a batch works on it. If that process dies,
 * the next one that asks for the status goes on; requests that have a result are not sent again.
 *
 * Experimental: like the batches of the AI SDK, it may change in patch releases.
 *
 * @example
 * ```ts
 * const batches = experimental_createBatch({
 *   folder: './batches',
 *   engine: (endpointName) => asyncEngine({ endpoint: { endpointName, region: 'us-east-1' } }),
 * })
 * const batch = await experimental_startBatch({ provider: batches, requests })
 * ```
 *
 * @experimental
 */
export function experimental_createBatch(settings: Experimental_SagemakerBatchSettings): Experimental_SagemakerBatch {
  return new SagemakerBatch(settings)
}

class SagemakerBatch implements Experimental_SagemakerBatch {
  readonly specificationVersion = 'v4'
  readonly provider = 'aws.sagemaker'
  readonly supportedUrls: Record<string, RegExp[]>
  readonly #root: string
  readonly #engine: Experimental_SagemakerBatchSettings['engine']
  readonly #behavior: LanguageModelBehavior
  readonly #codec: ModelCodec<BatchCall, GenerateResult>
  /** Jobs that this process works on. */
  readonly #running = new Map<string, Promise<Job<GenerateResult>>>()
  /** What has ended the work of this process. */
  readonly #errors = new Map<string, unknown>()

  constructor(settings: Experimental_SagemakerBatchSettings) {
    const { folder, engine, jsonOutput, imageUrls, reasoningSwitch, ...model } = settings
    this.#root = folder
    this.#engine = engine
    this.#behavior = { jsonOutput, imageUrls, reasoningSwitch }
    this.supportedUrls = imageUrls === true ? { 'image/*': [/^https?:\/\//] } : {}
    this.#codec = batchCodec(model, this.#behavior)
  }

  /** @throws {UnsupportedFunctionalityError} for requests for images, and for several endpoints. */
  async doStartBatch({
    requests,
    webhookUrl,
  }: Experimental_BatchV4StartOptions): Promise<Experimental_BatchV4StartResult> {
    const unsupported = (functionality: string): UnsupportedFunctionalityError =>
      new UnsupportedFunctionalityError({ functionality })
    const warnings: Experimental_BatchV4StartResult['warnings'] = []
    if (webhookUrl !== undefined) warnings.push({ warning: { type: 'unsupported', feature: 'webhookUrl' } })
    const endpointName = requests[0]?.modelId ?? ''
    const rows = requests.map((request) => {
      if (request.type !== 'text') throw unsupported(`batch request of type ${request.type}`)
      if (request.modelId !== endpointName) throw unsupported('batch with requests for several endpoints')
      warnings.push(...this.#warningsOf(request.id, request.options))
      return { id: request.id, call: request.options }
    })
    const folder = await BatchFolder.create(this.#root, endpointName, rows)
    await this.#work(folder)
    return { ...(await this.#status(folder)), batchId: folder.id, warnings }
  }

  /** Goes on with the batch if no process works on it. */
  async doGetBatchStatus({ batchId }: Experimental_BatchV4OperationOptions): Promise<Experimental_BatchV4Status> {
    const folder = await BatchFolder.open(this.#root, batchId)
    const status = await this.#status(folder)
    if (status.status !== 'pending' || status.rawStatus !== 'stopped') return status
    await this.#work(folder)
    return this.#status(folder)
  }

  /** The results so far, in the order of the requests. */
  async doGetBatchResults({
    batchId,
  }: Experimental_BatchV4OperationOptions): Promise<ReadableStream<Experimental_BatchV4ItemResult>> {
    return streamOf(itemsOf(await BatchFolder.open(this.#root, batchId)))
  }

  async doCancelBatch({ batchId }: Experimental_BatchV4OperationOptions): Promise<Experimental_BatchV4CancelResult> {
    const folder = await BatchFolder.open(this.#root, batchId)
    if ((await this.#status(folder)).status === 'completed') return {}
    await folder.markCancelled()
    await (await this.#running.get(batchId))?.cancel()
    return {}
  }

  async doListBatches({
    limit = defaultListLimit,
    cursor,
  }: Experimental_BatchV4ListOptions): Promise<Experimental_BatchV4ListResult> {
    const ids = (await BatchFolder.list(this.#root)).filter((id) => cursor === undefined || id < cursor)
    const batches: Experimental_BatchV4ListResult['batches'] = []
    for (const batchId of ids.slice(0, limit)) {
      batches.push({ ...(await this.#status(await BatchFolder.open(this.#root, batchId))), batchId })
    }
    return { batches, ...(ids.length > limit && { nextCursor: ids[limit - 1] }) }
  }

  async close(): Promise<void> {
    const jobs = [...this.#running.values()]
    await Promise.allSettled(jobs.map(async (job) => (await job).close()))
  }

  /** What cannot be passed on, as far as it is known without the container's format. A request that cannot be sent fails by itself. */
  #warningsOf(requestId: string, call: object): Experimental_BatchV4StartResult['warnings'] {
    try {
      const written = readCall(JSON.parse(callText(call)) as BatchCall)
      return languageRequest(written, this.#behavior).warnings.map((warning) => ({ requestId, warning }))
    } catch {
      return []
    }
  }

  async #status(folder: BatchFolder): Promise<Experimental_BatchV4Status> {
    const running = await this.#running.get(folder.id)
    const stored = running ?? (await storedJob(folder))
    const [job, isCancelled] = [await stored?.status(), await folder.isCancelled()]
    return batchStatus({ description: folder.description, job, isCancelled, error: this.#errors.get(folder.id) })
  }

  /** Works on a batch until it has ended, unless this process or another one does so already. */
  async #work(folder: BatchFolder): Promise<void> {
    const { id } = folder
    if (this.#running.has(id)) return
    const starting = this.#start(folder)
    this.#running.set(id, starting)
    try {
      const job = await starting
      const watching = setInterval(() => {
        void folder.isCancelled().then((isCancelled) => (isCancelled ? job.cancel() : undefined))
      }, cancelPollMs).unref()
      const end = (): void => {
        clearInterval(watching)
        this.#running.delete(id)
      }
      job.wait().then(end, (error: unknown) => {
        this.#errors.set(id, error)
        end()
      })
    } catch (error) {
      this.#running.delete(id)
      if (!SagemakerError.is(error) || error.code !== 'job-locked') throw error
    }
  }

  async #start({ rows, store, description, jobs }: BatchFolder): Promise<Job<GenerateResult>> {
    const options = { rows, codec: this.#codec, engine: this.#engine(description.endpointName), store }
    const isNew = (await store.readDescription()) === undefined
    return isNew ? jobs.startJob(options) : jobs.openJob(options)
  }
}

/** The job as it is stored; `undefined` if the process died before it had started it. */
async function storedJob({ store, jobs }: BatchFolder): Promise<Job<GenerateResult> | undefined> {
  return (await store.readDescription()) === undefined ? undefined : jobs.openJob<GenerateResult>(store)
}

/** The results of a batch. Requests of a cancelled batch that have none are cancelled. */
async function* itemsOf(folder: BatchFolder): AsyncGenerator<Experimental_BatchV4ItemResult, void, undefined> {
  const isCancelled = await folder.isCancelled()
  const job = await storedJob(folder)
  const answered = new Set<number>()
  for await (const result of job?.results({ ordered: true }) ?? []) {
    answered.add(result.index)
    yield batchItem(result)
  }
  if (!isCancelled) return
  let index = 0
  for await (const { id = '' } of folder.rows) {
    if (!answered.has(index++)) yield { type: 'text', id, status: 'cancelled' }
  }
}

/** Items as a stream that is pulled, so that a slow reader keeps few of them in memory. */
function streamOf<T>(items: AsyncGenerator<T, void, undefined>): ReadableStream<T> {
  return new ReadableStream<T>({
    async pull(controller) {
      const { value, done } = await items.next()
      if (done === true) controller.close()
      else controller.enqueue(value)
    },
    cancel: async () => {
      await items.return()
    },
  })
}
