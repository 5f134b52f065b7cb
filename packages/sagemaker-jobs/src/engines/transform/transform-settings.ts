import { s3Folder } from '../../aws/s3-location.ts'
import type { ServiceConnection } from '../../aws/service-connection.ts'

/** Options of `transformEngine`. */
export interface TransformEngineOptions {
  /** Name of the SageMaker model. Batch transform has no endpoint. */
  readonly modelName: string
  /** Instances of the job, such as `ml.g5.xlarge`. */
  readonly instanceType: string
  /**
   * How many instances work.
   * @defaultValue 1
   */
  readonly instanceCount?: number | undefined
  /** Folder for shards, such as `s3://bucket/in/`. The role of the model must be allowed to read it. */
  readonly input: string
  /** Folder for answers, such as `s3://bucket/out/`. The role of the model must be allowed to write to it. */
  readonly output: string
  /**
   * Most rows in a shard. A shard is the unit of partial success: one row that fails costs its shard another transform.
   * @defaultValue 1,000
   */
  readonly rowsPerShard?: number | undefined
  /**
   * Longest shard, in bytes.
   * @defaultValue 33,554,432 (32 MiB)
   */
  readonly maxShardBytes?: number | undefined
  /**
   * Requests at a time on each instance. Times `maxPayloadInMB` at most 100.
   * @defaultValue 1
   */
  readonly maxConcurrentTransforms?: number | undefined
  /**
   * Longest body of a request, in MB.
   * @defaultValue 6
   */
  readonly maxPayloadInMB?: number | undefined
  /**
   * How long the container may work on a request, in seconds, 1 to 3,600.
   * @defaultValue 600
   */
  readonly invocationTimeoutSeconds?: number | undefined
  /**
   * How often SageMaker repeats a request that has failed, 0 to 3.
   * @defaultValue 3
   */
  readonly maxRetries?: number | undefined
  /** Environment of the container, at most 16 variables. */
  readonly environment?: Readonly<Record<string, string>> | undefined
  /** Tags of the transform jobs. */
  readonly tags?: Readonly<Record<string, string>> | undefined
  /**
   * Time between two looks at a transform job at first, in milliseconds. It grows by half each time.
   * @defaultValue 10,000
   */
  readonly minPollMs?: number | undefined
  /**
   * Longest time between two looks, in milliseconds.
   * @defaultValue 60,000
   */
  readonly maxPollMs?: number | undefined
  /** Client of S3, or options for one. */
  readonly s3?: ServiceConnection | undefined
  /** Client of SageMaker's control plane, or options for one. */
  readonly sagemaker?: ServiceConnection | undefined
}

type Defaulted<Options> = { readonly [Name in keyof Options]-?: Exclude<Options[Name], undefined> }

/** Options with their defaults. */
export interface TransformSettings extends Defaulted<
  Omit<TransformEngineOptions, 'environment' | 'tags' | 's3' | 'sagemaker'>
> {
  readonly environment: TransformEngineOptions['environment']
  readonly tags: TransformEngineOptions['tags']
  readonly sagemaker: ServiceConnection | undefined
}

/** AWS's limit on `MaxConcurrentTransforms` times `MaxPayloadInMB`. */
const maxMegabytesAtATime = 100

/**
 * @throws {RangeError} if a number is out of its range, or `maxConcurrentTransforms` times `maxPayloadInMB` is more than 100
 * @throws {SagemakerError} `invalid-request` if `input` or `output` is not an S3 URI
 */
export function transformSettings(options: Omit<TransformEngineOptions, 's3'>): TransformSettings {
  const { environment, tags, sagemaker, ...rest } = options
  const settings: TransformSettings = {
    instanceCount: 1,
    rowsPerShard: 1000,
    maxShardBytes: 32 * 2 ** 20,
    maxConcurrentTransforms: 1,
    maxPayloadInMB: 6,
    invocationTimeoutSeconds: 600,
    maxRetries: 3,
    minPollMs: 10_000,
    maxPollMs: 60_000,
    ...Object.fromEntries(Object.entries(rest).filter(([, value]) => value !== undefined)),
    modelName: options.modelName,
    instanceType: options.instanceType,
    input: s3Folder(options.input),
    output: s3Folder(options.output),
    environment,
    tags,
    sagemaker,
  }
  check(settings)
  return settings
}

function check(settings: TransformSettings): void {
  const { instanceCount, rowsPerShard, maxShardBytes, maxConcurrentTransforms, maxPayloadInMB } = settings
  const { invocationTimeoutSeconds, minPollMs, maxPollMs, environment = {} } = settings
  const atLeastOne = { instanceCount, rowsPerShard, maxShardBytes, maxConcurrentTransforms, maxPayloadInMB }
  for (const [name, value] of Object.entries({ ...atLeastOne, invocationTimeoutSeconds, minPollMs, maxPollMs })) {
    if (!(value >= 1)) throw new RangeError(`${name} must be at least 1`)
  }
  if (maxConcurrentTransforms * maxPayloadInMB > maxMegabytesAtATime) {
    const product = maxConcurrentTransforms * maxPayloadInMB
    throw new RangeError(
      `maxConcurrentTransforms times maxPayloadInMB is ${product}; SageMaker allows at most ${maxMegabytesAtATime}`,
    )
  }
  if (Object.keys(environment).length > 16) throw new RangeError('environment has more than 16 variables')
}
