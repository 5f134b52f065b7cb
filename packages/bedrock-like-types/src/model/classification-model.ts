import type { AbortOption } from './abort-option.ts'
import type { ScoringModelMetadata } from './rerank-model.ts'

/**
 * A label with its score.
 *
 * @public
 */
export interface LabelScore {
  /** The label, in the model's own word. */
  readonly label: string
  /** How well it fits; higher is better. */
  readonly score: number
}

/**
 * The labels of one text.
 *
 * @public
 */
export interface Classification extends LabelScore {
  /** All labels that the container named, best first; only the best one where it names no other. `topK` cuts it. */
  readonly scores: readonly LabelScore[]
}

/**
 * Options of a classification.
 *
 * @public
 */
export interface ClassificationOptions extends AbortOption {
  /**
   * The labels to choose from, for models that take them with the request.
   *
   * @defaultValue the model's own
   */
  readonly labels?: readonly string[] | undefined
  /**
   * Whether several labels can fit one text, so that each is scored independently of the others.
   *
   * @defaultValue the model's own way
   */
  readonly multiLabel?: boolean | undefined
  /**
   * Most labels for each text.
   *
   * @defaultValue all
   */
  readonly topK?: number | undefined
  /** The container's own parameters, under its own names; they win over everything else. */
  readonly additionalParameters?: Readonly<Record<string, unknown>> | undefined
}

/**
 * A model that labels texts, wherever it runs.
 *
 * @public
 */
export interface ClassificationModel {
  /** What is known about the model before it is called. */
  readonly metadata: ScoringModelMetadata
  /** Labels texts: one classification for each text, in the order of the texts, or the call fails. */
  classify(texts: readonly string[], options?: ClassificationOptions): Promise<readonly Classification[]>
}
