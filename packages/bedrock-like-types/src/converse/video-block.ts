import type { InputUnion } from './input-union.ts'
import type { S3Location } from './s3-location.ts'

/**
 * The format of a video, by file extension.
 *
 * @public
 */
export type VideoFormat = 'flv' | 'mkv' | 'mov' | 'mp4' | 'mpeg' | 'mpg' | 'three_gp' | 'webm' | 'wmv'

/**
 * Where the video is: its bytes, or an object in S3.
 *
 * @public
 */
export type VideoSource = InputUnion<{
  /** The file itself. */
  readonly bytes: Uint8Array
  /** The file in S3. */
  readonly s3Location: S3Location
}>

/**
 * A video in a message.
 *
 * @public
 */
export interface VideoBlock {
  /** The format of the file. */
  readonly format: VideoFormat | undefined
  /** The video, as bytes or as an object in S3. */
  readonly source: VideoSource | undefined
}
