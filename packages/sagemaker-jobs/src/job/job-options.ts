import type { ModelCodec } from '@x/bedrock-like-types'
import type { JobEngine } from '../contract/job-engine.ts'
import type { JobRows } from '../contract/job-row.ts'
import type { JobStore } from '../contract/job-store.ts'

/** What a job is. */
export interface JobOptions<I, O> {
  /** The input. To resume the job, pass the same rows in the same order. */
  readonly rows: JobRows<I>
  /** Writes requests and reads answers: `embedding.codec()`, `languageModelCodec()`, `rerankCodec()` and so on. */
  readonly codec: ModelCodec<I, O>
  /** How rows get their answers. The job closes it. */
  readonly engine: JobEngine
  /** Where the job is kept. */
  readonly store: JobStore
}
