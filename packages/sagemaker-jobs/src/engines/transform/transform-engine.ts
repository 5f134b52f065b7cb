import { S3Objects } from '../../aws/s3-objects.ts'
import type { EngineWork, JobEngine } from '../../contract/job-engine.ts'
import { TransformRun } from './transform-run.ts'
import { TransformService } from './transform-service.ts'
import { type TransformEngineOptions, type TransformSettings, transformSettings } from './transform-settings.ts'

/**
 * Sends rows through batch transform jobs: rows become shards in S3, a transform job works on all of them, and its answers are joined
 * with the rows. Instances are paid for while the job runs, and take minutes to start. A shard with a row that fails has no answers; it is
 * divided and sent through another transform job, until the row is found. Cancelling stops the transform job.
 *
 * @throws {RangeError} if a number is out of its range, or `maxConcurrentTransforms` times `maxPayloadInMB` is more than 100
 * @throws {SagemakerError} `invalid-request` if `input` or `output` is not an S3 URI
 */
export function transformEngine(options: TransformEngineOptions): JobEngine {
  return new TransformEngine(options)
}

class TransformEngine implements JobEngine {
  readonly kind = 'transform'
  readonly target: string
  readonly sizes: JobEngine['sizes']
  readonly #settings: TransformSettings
  readonly #objects: S3Objects
  readonly #service: TransformService

  constructor({ s3, ...options }: TransformEngineOptions) {
    const settings = transformSettings(options)
    this.#settings = settings
    this.target = options.modelName
    this.sizes = {
      maxRowsPerRequest: settings.rowsPerShard,
      maxInlineBytes: settings.maxPayloadInMB * 2 ** 20,
      uploads: false,
    }
    this.#objects = new S3Objects(s3)
    this.#service = new TransformService(settings)
  }

  run<I, O>(work: EngineWork<I, O>): Promise<void> {
    return new TransformRun(this.#settings, this.#objects, this.#service, work).run()
  }

  close(): void {
    this.#service.close()
    this.#objects.close()
  }
}
