import type { ModelPart } from '@x/bedrock-like-types'

/** A value that belongs to the answer only as `raw`, such as another choice when several were asked for. */
interface OtherPart {
  readonly type: 'other'
}

/** What the pipeline produces: the parts of an answer with every value of the wire, and marks of values that made no part. */
export type SpinePart = ModelPart | OtherPart

/** Receives the parts of an answer. */
export type EmitPart = (part: SpinePart) => void
