import type { CachePointBlock } from './cache-point-block.ts'
import type { GuardrailConverseContentBlock } from './guardrail-content-block.ts'
import type { InputUnion } from './input-union.ts'

/**
 * A piece of the system prompt.
 *
 * @public
 */
export type SystemContentBlock = InputUnion<{
  /** An instruction to the model. */
  readonly text: string
  /** Content for a guardrail. */
  readonly guardContent: GuardrailConverseContentBlock
  /** The prompt may be cached up to here. */
  readonly cachePoint: CachePointBlock
}>
