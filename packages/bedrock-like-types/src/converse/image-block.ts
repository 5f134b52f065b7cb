import type { ErrorBlock } from './error-block.ts'
import type { InputUnion } from './input-union.ts'
import type { S3Location } from './s3-location.ts'

/**
 * The format of an image, by file extension.
 *
 * @public
 */
export type ImageFormat = 'gif' | 'jpeg' | 'png' | 'webp'

/**
 * Where an image is: exactly one of the members is set.
 *
 * @public
 */
export interface ImageSourceMembers {
  /** The file itself. */
  readonly bytes: Uint8Array
  /** The file in S3. */
  readonly s3Location: S3Location
}

/**
 * Where an image that is passed in comes from: exactly one of the members is set.
 *
 * @public
 */
export interface InputImageSourceMembers extends ImageSourceMembers {
  /** Address from which the container fetches the image. Bedrock has no such member; many containers can do it. */
  readonly url: string
}

/**
 * Where the image is: its bytes, an object in S3, or an address.
 *
 * @public
 */
export type ImageSource = InputUnion<InputImageSourceMembers>

/**
 * An image in a message.
 *
 * @public
 */
export interface ImageBlock {
  /** The format of the file. Not needed with an address. */
  readonly format?: ImageFormat | undefined
  /** The image, as bytes or as an object in S3. */
  readonly source: ImageSource | undefined
  /** Set by Bedrock when an image could not be used. */
  readonly error?: ErrorBlock | undefined
}
