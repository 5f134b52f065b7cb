/**
 * An object in Amazon S3.
 *
 * @public
 */
export interface S3Location {
  /** `s3://bucket/key`. */
  readonly uri: string | undefined
  /** AWS account id of the bucket's owner, when it is another account. */
  readonly bucketOwner?: string | undefined
}
