import type { ResponseMetadata } from './response-metadata.ts'

/** A whole answer. */
export interface InvokeResult {
  /** The container's answer, byte for byte. */
  readonly body: Uint8Array
  readonly metadata: ResponseMetadata
}
