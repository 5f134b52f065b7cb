import { setTimeout as sleep } from 'node:timers/promises'
import { SagemakerError } from '@x/sagemaker-endpoint'
import { AwsService } from '../../aws/aws-service.ts'
import { shardFilters } from './shard.ts'
import type { TransformSettings } from './transform-settings.ts'

/** How a transform job ended. */
export interface TransformOutcome {
  readonly status: 'Completed' | 'Failed' | 'Stopped' | 'missing'
  readonly reason: string
}

/** What differs from one transform job to the next. */
export interface NewTransformJob {
  readonly name: string
  /** S3 URI of the manifest. */
  readonly manifest: string
  /** S3 URI of the folder for answers. */
  readonly output: string
  readonly contentType: string
}

interface Described {
  readonly TransformJobStatus?: string
  readonly FailureReason?: string
}

/** Creates, watches and stops transform jobs. */
export class TransformService {
  readonly #settings: TransformSettings
  readonly #service: AwsService

  constructor(settings: TransformSettings) {
    this.#settings = settings
    this.#service = new AwsService('sagemaker', settings.sagemaker)
  }

  /** Creates a job over the objects of a manifest. A job of this name is taken for one whose response was lost. */
  async create({ name, manifest, output, contentType }: NewTransformJob): Promise<void> {
    const { modelName, instanceType, instanceCount, environment, tags } = this.#settings
    const { maxConcurrentTransforms, maxPayloadInMB, invocationTimeoutSeconds, maxRetries } = this.#settings
    const request = {
      TransformJobName: name,
      ModelName: modelName,
      MaxConcurrentTransforms: maxConcurrentTransforms,
      MaxPayloadInMB: maxPayloadInMB,
      BatchStrategy: 'SingleRecord',
      ModelClientConfig: {
        InvocationsTimeoutInSeconds: invocationTimeoutSeconds,
        InvocationsMaxRetries: maxRetries,
      },
      TransformInput: {
        DataSource: { S3DataSource: { S3DataType: 'ManifestFile', S3Uri: manifest } },
        ContentType: contentType,
        SplitType: 'Line',
      },
      TransformOutput: { S3OutputPath: output, Accept: 'application/json', AssembleWith: 'Line' },
      TransformResources: { InstanceType: instanceType, InstanceCount: instanceCount },
      DataProcessing: { InputFilter: shardFilters.input, JoinSource: 'Input', OutputFilter: shardFilters.output },
      ...(environment !== undefined && { Environment: environment }),
      ...(tags !== undefined && { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) }),
    }
    const call = { action: 'sagemaker:CreateTransformJob', target: modelName }
    await this.#service.call('CreateTransformJob', request, call, {
      refused: (thrown) => (nameOf(thrown) === 'ResourceInUse' ? {} : undefined),
    })
  }

  /** Waits for the end of a job. Returns `undefined` if the signal aborts first. */
  async ended(name: string, signal: AbortSignal): Promise<TransformOutcome | undefined> {
    const { minPollMs, maxPollMs } = this.#settings
    for (let pollMs = minPollMs; !signal.aborted; pollMs = Math.min(maxPollMs, pollMs * 1.5)) {
      const call = { action: 'sagemaker:DescribeTransformJob', target: name }
      const { TransformJobStatus: status, FailureReason: reason = '' } = await this.#service.call<Described>(
        'DescribeTransformJob',
        { TransformJobName: name },
        call,
        { refused: (thrown) => (isMissing(thrown) ? { TransformJobStatus: 'missing' } : undefined) },
      )
      if (status === 'Completed' || status === 'Failed' || status === 'Stopped' || status === 'missing') {
        return { status, reason }
      }
      await sleep(pollMs, undefined, { signal }).catch(() => {})
    }
    return undefined
  }

  /** Stops a job. One that has ended is left as it is. */
  async stop(name: string): Promise<void> {
    const call = { action: 'sagemaker:StopTransformJob', target: name }
    try {
      await this.#service.call('StopTransformJob', { TransformJobName: name }, call)
    } catch (error) {
      if (!SagemakerError.is(error) || error.code !== 'invalid-request') throw error
    }
  }

  close(): void {
    this.#service.close()
  }
}

function nameOf(thrown: unknown): string | undefined {
  return (thrown as { readonly name?: string } | undefined)?.name
}

function isMissing(thrown: unknown): boolean {
  return nameOf(thrown) === 'ResourceNotFound' || /could not find/i.test((thrown as Error | undefined)?.message ?? '')
}
