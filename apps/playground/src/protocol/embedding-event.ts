import type { RunEventOf } from './run-event.ts'
import type { MeasureSetting } from './embedding-request.ts'

/** A call failed as a whole; what arrived before it stays valid. */
export type EmbeddingErrorEvent = RunEventOf<'error'>

/** What happens while texts are embedded: one vector or failure per text, in their order. */
export type EmbeddingEvent =
  | {
      readonly type: 'vector'
      readonly index: number
      /** In the form that was asked for, as `encodeVector` writes it. */
      readonly vector: string
    }
  /** This text alone was refused. */
  | { readonly type: 'refused'; readonly index: number; readonly code: string; readonly message: string }
  | { readonly type: 'end'; readonly at: number }
  | EmbeddingErrorEvent

/** The vector of a query. */
export type QueryEvent = { readonly type: 'vector'; readonly vector: string } | EmbeddingErrorEvent

/** One setting that was tried. */
export interface Measurement extends MeasureSetting {
  readonly texts: number
  readonly durationMs: number
}

/** What happens while settings are tried. */
export type MeasureEvent =
  | ({ readonly type: 'measured' } & Measurement)
  | { readonly type: 'end'; readonly at: number }
  | EmbeddingErrorEvent
