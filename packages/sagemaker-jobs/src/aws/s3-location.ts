import { SagemakerError } from '@x/sagemaker-endpoint'

/** Bucket and key of an object, or bucket and beginning of keys. */
export interface S3Location {
  readonly bucket: string
  readonly key: string
}

/** @throws {SagemakerError} `invalid-request` if it is not of the form `s3://bucket/key`; the key may be empty. */
export function s3Location(uri: string): S3Location {
  const match = /^s3:\/\/([^/]+)(?:\/(.*))?$/s.exec(uri)
  if (match === null) throw new SagemakerError('invalid-request', `"${uri}" is not of the form s3://bucket/key.`)
  return { bucket: match[1] ?? '', key: match[2] ?? '' }
}

/** The URI of a folder, with a slash at its end. */
export function s3Folder(uri: string): string {
  const { bucket, key } = s3Location(uri)
  return `s3://${bucket}/${key === '' || key.endsWith('/') ? key : `${key}/`}`
}

/** The part of a URI up to the last slash, included. */
export function parentOf(uri: string): string {
  return uri.slice(0, uri.lastIndexOf('/') + 1)
}
