import type { StopReason, ModelUsage } from '@x/bedrock-like-types'

/** More text of the answer. */
export interface TextDelta {
  /** A piece of the answer. */
  readonly type: 'text'
  /** What is added to the text. */
  readonly text: string
}

/** More of what the model thinks before it answers. */
export interface ReasoningDelta {
  /** A piece of what the model thinks before it answers. */
  readonly type: 'reasoning'
  /** What is added to the reasoning. */
  readonly text: string
}

/**
 * A fragment of a tool call, as loosely as containers send it: what is missing, empty or `null` is completed from the
 * other fragments of the same call.
 */
export interface ToolCallFragment {
  /** A piece of a tool call. */
  readonly type: 'tool-call'
  /** Which call it belongs to. Without it: the call before, unless the fragment shows that a new one begins. */
  readonly index?: number | null | undefined
  /** The call's id, usually in its first fragment alone. */
  readonly id?: string | null | undefined
  /** Name of the tool, usually in the first fragment alone. */
  readonly name?: string | null | undefined
  /** The next piece of the arguments as JSON text, or all arguments as a value. */
  readonly input?: string | object | null | undefined
}

/** Token counts. A later one replaces an earlier one. */
export interface UsageDelta {
  /** Token counts. */
  readonly type: 'usage'
  /** The counts so far, as the container reports them. */
  readonly usage: ModelUsage
}

/** The model has stopped. More may follow, such as token counts. */
export interface StopDelta {
  /** The model has stopped. */
  readonly type: 'stop'
  /** The container's own word for it. */
  readonly raw?: string | null | undefined
  /** The stop string at which it stopped, where the container names it. */
  readonly stopString?: string | undefined
  /** The reason, where the container's word means something else than with other containers. */
  readonly stopReason?: StopReason | undefined
}

/** The container reports a failure, or what it sent is no answer. Nothing after it counts. */
export interface ErrorDelta {
  /** The container reports a failure. */
  readonly type: 'error'
  /**
   * `container` (the default): the container says that it failed. `interrupted`: the stream ended without what ends it.
   * `unreadable`: a value that is no answer in this format.
   */
  readonly kind?: 'container' | 'interrupted' | 'unreadable' | undefined
  /** What happened; the container's own words where it has some. */
  readonly message: string
  /** HTTP status that the container names for it. */
  readonly statusCode?: number | undefined
}

/** A value that belongs to the answer only as `raw`, such as another choice when several were asked for. */
export interface OtherDelta {
  /** Nothing that is part of an answer. */
  readonly type: 'other'
}

/**
 * A value that is no part of an answer in this format. If it reads like a failure, the call fails with it. Otherwise the answer is
 * complete only if it has a stop reason after it.
 */
export interface ForeignDelta {
  /** Nothing that this format knows. */
  readonly type: 'foreign'
}

/** One fact about an answer, read from a value of its stream. */
export type AnswerDelta =
  | TextDelta
  | ReasoningDelta
  | ToolCallFragment
  | UsageDelta
  | StopDelta
  | ErrorDelta
  | OtherDelta
  | ForeignDelta

/** What a whole answer of a container says. */
export interface Answer {
  /**
   * The generated text.
   *
   * @defaultValue none
   */
  readonly text?: string | null | undefined
  /** What the model thought before it answered, where the container sends it apart from the text. */
  readonly reasoning?: string | null | undefined
  /** Tool calls, each complete. */
  readonly toolCalls?: readonly Omit<ToolCallFragment, 'type'>[] | undefined
  /** Token counts, as far as the container gives them. */
  readonly usage?: ModelUsage | undefined
  /** Why the model stopped, in the container's own word. */
  readonly rawStopReason?: string | null | undefined
  /** The stop string at which it stopped, where the container names it. */
  readonly stopString?: string | undefined
  /** The reason, where the container's word means something else than with other containers. */
  readonly stopReason?: StopReason | undefined
  /** The document is no answer, or reports a failure. */
  readonly error?: Omit<ErrorDelta, 'type'> | undefined
}

/** A whole answer as the deltas that a stream with the same content would have given. */
export function answerDeltas(answer: Answer): readonly AnswerDelta[] {
  const deltas: AnswerDelta[] = []
  if (answer.reasoning) deltas.push({ type: 'reasoning', text: answer.reasoning })
  if (answer.text) deltas.push({ type: 'text', text: answer.text })
  // Each call is complete, so two of them are never fragments of one, whatever their ids say.
  answer.toolCalls?.forEach((call, index) => deltas.push({ ...call, type: 'tool-call', index }))
  if (answer.usage !== undefined) deltas.push({ type: 'usage', usage: answer.usage })
  if (answer.error !== undefined) return [...deltas, { ...answer.error, type: 'error' }]
  deltas.push({
    type: 'stop',
    raw: answer.rawStopReason,
    stopString: answer.stopString,
    stopReason: answer.stopReason,
  })
  return deltas
}

/**
 * The error of a stream that has ended without what ends it.
 *
 * @param seen - `nothing`: not a single value came, or only the beginning of an answer (`some`); `foreign`: values came, and
 * none of them belongs to the format.
 */
export function incompleteStream(seen: 'nothing' | 'some' | 'foreign', missing: string): ErrorDelta {
  if (seen === 'foreign') return { type: 'error', kind: 'unreadable', message: `the stream has no ${missing}` }
  return { type: 'error', kind: 'interrupted', message: `the stream ended without ${missing}` }
}
