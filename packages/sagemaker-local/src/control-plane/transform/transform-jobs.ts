import { setTimeout as sleep } from 'node:timers/promises'
import type { JsonObject } from '../../answers/json-fields.ts'
import type { AwsLocation } from '../../answers/model-error.ts'
import { createProgress, createReceivedRequest } from '../../answers/received-request.ts'
import { askForBody } from '../../hosting/gather-answer.ts'
import type { HostedEndpoint } from '../../hosting/hosted-endpoint.ts'
import type { ObjectStore } from '../../hosting/object-store.ts'
import { ControlPlaneError } from '../control-plane-error.ts'
import { listPage } from '../list-page.ts'
import { arnOf, requiredName, type TransformOperations } from '../operation.ts'
import { transformInputs } from './transform-inputs.ts'
import { type AskModel, transformObject } from './transform-object.ts'
import { readTransformRequest, type TransformRequest } from './transform-request.ts'

/** Options of transform jobs. */
export interface TransformJobOptions {
  /**
   * Time before a job begins to work, in milliseconds: at AWS, instances start for minutes.
   * @defaultValue 0
   */
  readonly startupDelayMs?: number | undefined
  /** Names of jobs that fail before they have done anything start with this text. */
  readonly failNamesWith?: string | undefined
}

/** Environment of transform jobs. */
export interface TransformEnvironment {
  readonly endpoints: ReadonlyMap<string, HostedEndpoint>
  readonly objects: ObjectStore
  readonly awsLocation: AwsLocation
  /** Aborts when the runtime closes. */
  readonly signal: AbortSignal
  /** Registers work that continues after the response. */
  track(work: Promise<void>): void
}

interface TransformJob {
  readonly name: string
  readonly request: JsonObject
  readonly createdAt: number
  readonly stopping: AbortController
  status: 'InProgress' | 'Completed' | 'Failed' | 'Stopping' | 'Stopped'
  failureReason?: string
  startedAt?: number
  endedAt?: number
}

/** Transform jobs: the objects under a prefix, or of a manifest, go through the model of the endpoint that has the name of the model. */
export class TransformJobs implements TransformOperations {
  readonly #environment: TransformEnvironment
  readonly #options: TransformJobOptions
  readonly #jobs = new Map<string, TransformJob>()

  constructor(environment: TransformEnvironment, options: TransformJobOptions = {}) {
    this.#environment = environment
    this.#options = options
  }

  /** @throws {ControlPlaneError} */
  create(request: JsonObject): JsonObject {
    const read = readTransformRequest(request)
    const endpoint = this.#environment.endpoints.get(read.modelName)
    if (endpoint === undefined) {
      const arn = arnOf('model', read.modelName, this.#environment)
      throw new ControlPlaneError('ValidationException', `Could not find model "${arn}".`)
    }
    if (this.#jobs.has(read.name)) {
      throw new ControlPlaneError('ResourceInUse', 'Job name must be unique within an AWS account and region.')
    }
    const job: TransformJob = {
      name: read.name,
      request,
      createdAt: Date.now() / 1000,
      stopping: new AbortController(),
      status: 'InProgress',
    }
    this.#jobs.set(read.name, job)
    this.#environment.track(this.#run(job, read, endpoint))
    return { TransformJobArn: arnOf('transform-job', read.name, this.#environment) }
  }

  /** @throws {ControlPlaneError} */
  describe(request: JsonObject): JsonObject {
    const job = this.#named(request)
    return {
      ...job.request,
      TransformJobArn: arnOf('transform-job', job.name, this.#environment),
      TransformJobStatus: job.status,
      FailureReason: job.failureReason,
      CreationTime: job.createdAt,
      TransformStartTime: job.startedAt,
      TransformEndTime: job.endedAt,
    }
  }

  /** @throws {ControlPlaneError} */
  stop(request: JsonObject): JsonObject {
    const job = this.#named(request)
    if (job.status !== 'InProgress') {
      const message = `The request was rejected because the transform job is in status ${job.status}.`
      throw new ControlPlaneError('ValidationException', message)
    }
    job.status = 'Stopping'
    job.stopping.abort()
    return {}
  }

  list(request: JsonObject): JsonObject {
    const all = [...this.#jobs.values()].map((job) => ({
      name: job.name,
      status: job.status,
      createdAt: job.createdAt,
      lastModifiedAt: job.endedAt ?? job.createdAt,
      job,
    }))
    const { items, nextToken } = listPage(request, all)
    const summaries = items.map(({ job }) => ({
      TransformJobName: job.name,
      TransformJobArn: arnOf('transform-job', job.name, this.#environment),
      CreationTime: job.createdAt,
      TransformEndTime: job.endedAt,
      TransformJobStatus: job.status,
      FailureReason: job.failureReason,
    }))
    return { TransformJobSummaries: summaries, NextToken: nextToken }
  }

  #named(request: JsonObject): TransformJob {
    const name = requiredName(request, 'TransformJobName')
    const job = this.#jobs.get(name)
    if (job !== undefined) return job
    const arn = arnOf('transform-job', name, this.#environment)
    throw new ControlPlaneError('ResourceNotFound', `Could not find requested job with name: ${arn}`)
  }

  async #run(job: TransformJob, request: TransformRequest, endpoint: HostedEndpoint): Promise<void> {
    const signal = AbortSignal.any([this.#environment.signal, job.stopping.signal])
    const { startupDelayMs = 0, failNamesWith } = this.#options
    await sleep(startupDelayMs, undefined, { signal }).catch(() => {})
    job.startedAt = Date.now() / 1000
    let problem = failNamesWith !== undefined && job.name.startsWith(failNamesWith) ? 'InternalServerError' : undefined
    try {
      if (problem === undefined) problem = await this.#transform(request, endpoint, signal)
    } catch (error) {
      problem = String(error)
    }
    job.endedAt = Date.now() / 1000
    if (problem !== undefined) job.failureReason = problem
    job.status = signal.aborted ? 'Stopped' : problem === undefined ? 'Completed' : 'Failed'
  }

  /** Transforms the objects one after the other. Resolves to what was wrong with the first that failed. */
  async #transform(
    request: TransformRequest,
    endpoint: HostedEndpoint,
    signal: AbortSignal,
  ): Promise<string | undefined> {
    const { objects } = this.#environment
    const found = await transformInputs(request.input, objects)
    if ('problem' in found) return found.problem
    let problem: string | undefined
    for (const name of found.names) {
      if (signal.aborted) return undefined
      const location = found.folder + name
      const data = await objects.get(location)
      if (data === undefined) {
        problem ??= `ClientError: ${location} does not exist.`
        continue
      }
      const result = await transformObject(request, data, this.#ask(request, endpoint, signal))
      if ('problem' in result) problem ??= result.problem
      else {
        await objects.put(`${request.outputPath}/${name}.out`, new TextEncoder().encode(result.output))
      }
    }
    return problem
  }

  /** Asks the model, again after a failure of the server. */
  #ask(request: TransformRequest, endpoint: HostedEndpoint, signal: AbortSignal): AskModel {
    return async (body) => {
      for (let retries = 0; ; retries++) {
        const timeout = AbortSignal.any([signal, AbortSignal.timeout(request.timeoutSeconds * 1000)])
        const received = createReceivedRequest({
          method: 'POST',
          path: `/endpoints/${endpoint.name}/invocations`,
          headers: {
            ...(request.contentType !== undefined && { 'content-type': request.contentType }),
            ...(request.accept !== undefined && { accept: request.accept }),
          },
          body,
          route: { operation: 'invoke', endpointName: endpoint.name },
          index: 0,
          signal: timeout,
          progress: createProgress(),
        })
        const answer = await askForBody(endpoint, received, this.#environment.awsLocation, timeout)
        if (answer.kind === 'body') return answer.bytes
        if (retries >= request.maxRetries || signal.aborted) return undefined
      }
    }
  }
}
