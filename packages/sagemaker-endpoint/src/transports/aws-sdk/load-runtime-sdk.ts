import type * as sdk from '@aws-sdk/client-sagemaker-runtime'
import { SagemakerError } from '../../errors/sagemaker-error.ts'

/** The AWS SDK's client for SageMaker Runtime. */
export type RuntimeSdk = typeof sdk

let loading: Promise<RuntimeSdk> | undefined

/**
 * Loads the SDK on first use: importing this package costs next to nothing, and importing the SDK tens of milliseconds.
 * Kept, because asking Node for a module that it has costs as much as the rest of what is done for a call here.
 */
export function loadRuntimeSdk(): Promise<RuntimeSdk> {
  loading ??= import('@aws-sdk/client-sagemaker-runtime').then(exportsOf, (cause: unknown) => {
    loading = undefined
    const reason = cause instanceof Error ? cause.message : String(cause)
    throw new SagemakerError(
      'invalid-request',
      `@aws-sdk/client-sagemaker-runtime could not be loaded: "${reason}". Install it beside @x/sagemaker-endpoint, if it is not.`,
      { cause },
    )
  })
  return loading
}

/**
 * What a CommonJS module exports, of its dynamic import. Node.js finds the exports by their names; in a bundle whose code
 * is split, they are the members of the default export, and there is nothing else.
 */
export function exportsOf<T extends object>(imported: T): T {
  const { default: exports } = imported as { readonly default?: T }
  return exports !== undefined && Object.keys(imported).length === 1 ? exports : imported
}
