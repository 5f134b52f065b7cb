import * as ai7 from 'ai'
import * as ai6 from 'ai-v6'
import { createSagemaker as createSagemakerV4, type SagemakerProvider } from '../index.ts'
import { createSagemaker as createSagemakerV3 } from '../v3.ts'

/** A major version of the AI SDK with the provider that is made for it. */
export interface Host {
  readonly name: string
  readonly version: 'v3' | 'v4'
  /** The SDK. Typed as that of version 7; what tests use is the same in both. */
  readonly ai: typeof ai7
  readonly createSagemaker: (settings?: Parameters<typeof createSagemakerV4>[0]) => SagemakerProvider
  /** Options that ask for raw chunks. */
  readonly rawChunks: object
}

export const hosts: readonly Host[] = [
  {
    name: 'ai@7',
    version: 'v4',
    ai: ai7,
    createSagemaker: createSagemakerV4,
    rawChunks: { include: { rawChunks: true } },
  },
  {
    name: 'ai@6',
    version: 'v3',
    ai: ai6 as unknown as typeof ai7,
    createSagemaker: createSagemakerV3 as unknown as typeof createSagemakerV4,
    rawChunks: { includeRawChunks: true },
  },
]

// Warnings are checked in results; the SDKs also print them.
globalThis.AI_SDK_LOG_WARNINGS = false
