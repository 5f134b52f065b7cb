import type { ErrorBlock } from './error-block.ts'
import type { InputUnion } from './input-union.ts'
import type { S3Location } from './s3-location.ts'

/**
 * The format of an audio file, by file extension.
 *
 * @public
 */
export type AudioFormat =
  | 'aac'
  | 'flac'
  | 'm4a'
  | 'mka'
  | 'mkv'
  | 'mp3'
  | 'mp4'
  | 'mpeg'
  | 'mpga'
  | 'ogg'
  | 'opus'
  | 'pcm'
  | 'wav'
  | 'webm'
  | 'x-aac'

/**
 * Where the audio is: its bytes, or an object in S3.
 *
 * @public
 */
export type AudioSource = InputUnion<{
  /** The file itself. */
  readonly bytes: Uint8Array
  /** The file in S3. */
  readonly s3Location: S3Location
}>

/**
 * Sound in a message.
 *
 * @public
 */
export interface AudioBlock {
  /** The format of the file. */
  readonly format: AudioFormat | undefined
  /** The audio, as bytes or as an object in S3. */
  readonly source: AudioSource | undefined
  /** Set by Bedrock when the sound could not be used. */
  readonly error?: ErrorBlock | undefined
}
