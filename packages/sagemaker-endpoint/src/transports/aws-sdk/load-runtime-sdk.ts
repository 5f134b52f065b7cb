import type * as sdk from '@aws-sdk/client-sagemaker-runtime'
import { SagemakerError } from '../../errors/sagemaker-error.ts'
import { exportsOf } from './exports-of.ts'

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
