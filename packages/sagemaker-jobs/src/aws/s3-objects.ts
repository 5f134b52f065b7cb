import { AwsService } from './aws-service.ts'
import { s3Location } from './s3-location.ts'
import type { ServiceConnection } from './service-connection.ts'
import { statusOf } from './service-error.ts'

/** An object that was read. */
export interface S3Object {
  readonly body: Uint8Array
  readonly etag: string | undefined
  readonly contentType: string | undefined
}

/** What has to be true of an object to be written. */
export type WriteCondition = { readonly ifNoneMatch: '*' } | { readonly ifMatch: string }

interface Output {
  readonly Body?: { transformToByteArray(): Promise<Uint8Array> }
  readonly ETag?: string
  readonly ContentType?: string
  readonly Contents?: readonly { readonly Key?: string }[]
  readonly IsTruncated?: boolean
  readonly NextContinuationToken?: string
  readonly isRefused?: boolean
}

const conflict = new Set([409, 412])

/** Objects in S3, by their URI. Failures that pass are retried. All errors are `SagemakerError`s that name the IAM action. */
export class S3Objects {
  readonly #service: AwsService

  constructor(connection: ServiceConnection | undefined) {
    this.#service = new AwsService('s3', connection)
  }

  /** Reads an object; `undefined` if there is none. */
  async get(uri: string, signal?: AbortSignal): Promise<S3Object | undefined> {
    const { bucket, key } = s3Location(uri)
    const call = { action: 's3:GetObject', target: uri }
    // A body that breaks off is a failure of this call, too.
    const read = async (): Promise<S3Object | undefined> => {
      const input = { Bucket: bucket, Key: key }
      const output = await this.#service.call<Output>('GetObject', input, call, {
        signal,
        refused: (thrown) => (statusOf(thrown) === 404 && !isNoBucket(thrown) ? { isRefused: true } : undefined),
      })
      if (output.isRefused === true) return undefined
      const body = (await output.Body?.transformToByteArray()) ?? new Uint8Array()
      return { body, etag: output.ETag, contentType: output.ContentType }
    }
    try {
      return await read()
    } catch (error) {
      if (statusOf(error) !== undefined || (error as { code?: string }).code === 'aborted' || signal?.aborted)
        throw error
      return read()
    }
  }

  /**
   * Writes an object.
   *
   * @returns its entity tag; `undefined` if the condition does not hold, or another writer was faster.
   */
  async put(
    uri: string,
    body: Uint8Array | string,
    condition?: WriteCondition,
    signal?: AbortSignal,
  ): Promise<string | undefined> {
    const { bucket, key } = s3Location(uri)
    const input = {
      Bucket: bucket,
      Key: key,
      Body: body,
      ...(condition !== undefined && ('ifMatch' in condition ? { IfMatch: condition.ifMatch } : { IfNoneMatch: '*' })),
    }
    const refused = async (thrown: unknown): Promise<Output | undefined> => {
      if (condition === undefined || !conflict.has(statusOf(thrown) ?? 0)) return undefined
      // An earlier attempt, also one of the SDK, may have written the object although its response was lost.
      const present = await this.get(uri, signal)
      const isOurs = present !== undefined && Buffer.from(present.body).equals(Buffer.from(body))
      return isOurs && present.etag !== undefined ? { ETag: present.etag } : { isRefused: true }
    }
    const call = { action: 's3:PutObject', target: uri }
    const output = await this.#service.call<Output>('PutObject', input, call, { signal, refused })
    return output.isRefused === true ? undefined : (output.ETag ?? '')
  }

  /** Whether there is an object. */
  async exists(uri: string, signal?: AbortSignal): Promise<boolean> {
    const { bucket, key } = s3Location(uri)
    const call = { action: 's3:GetObject', target: uri }
    const output = await this.#service.call<Output>('HeadObject', { Bucket: bucket, Key: key }, call, {
      signal,
      refused: (thrown) => (statusOf(thrown) === 404 ? { isRefused: true } : undefined),
    })
    return output.isRefused !== true
  }

  /** Deletes an object. */
  async delete(uri: string): Promise<void> {
    const { bucket, key } = s3Location(uri)
    await this.#service.call('DeleteObject', { Bucket: bucket, Key: key }, { action: 's3:DeleteObject', target: uri })
  }

  /** Yields the URIs of objects that start with a prefix in their order, a page of at most 1,000 at a time. */
  async *list(
    prefix: string,
    {
      startAfter,
      signal,
    }: { readonly startAfter?: string | undefined; readonly signal?: AbortSignal | undefined } = {},
  ): AsyncGenerator<readonly string[], void, undefined> {
    const { bucket, key } = s3Location(prefix)
    const call = { action: 's3:ListBucket', target: prefix }
    const start = startAfter === undefined ? {} : { StartAfter: s3Location(startAfter).key }
    for (let token: string | undefined; ;) {
      const input = { Bucket: bucket, Prefix: key, ...(token === undefined ? start : { ContinuationToken: token }) }
      const page: Output = await this.#service.call<Output>('ListObjectsV2', input, call, { signal })
      yield (page.Contents ?? []).map((object) => `s3://${bucket}/${object.Key ?? ''}`)
      if (page.IsTruncated !== true || page.NextContinuationToken === undefined) return
      token = page.NextContinuationToken
    }
  }

  close(): void {
    this.#service.close()
  }
}

function isNoBucket(thrown: unknown): boolean {
  return (thrown as { readonly name?: string }).name === 'NoSuchBucket'
}
