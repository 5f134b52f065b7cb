import type { ResponseMetadata } from './response-metadata.ts'

/** A whole answer. */
export interface InvokeResult {
  /** The container's answer, byte for byte. */
  readonly body: Uint8Array
  /** What is known about the answer besides its body. */
  readonly metadata: ResponseMetadata
}
