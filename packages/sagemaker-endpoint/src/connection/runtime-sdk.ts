import type * as sdk from '@aws-sdk/client-sagemaker-runtime'
import { SagemakerError } from '../errors/sagemaker-error.ts'

/** The AWS SDK's client for SageMaker Runtime. */
export type RuntimeSdk = typeof sdk

/** Loads the SDK on first use: importing this package costs next to nothing, and importing the SDK tens of milliseconds. */
export async function loadRuntimeSdk(): Promise<RuntimeSdk> {
  try {
    return await import('@aws-sdk/client-sagemaker-runtime')
  } catch (cause) {
    throw new SagemakerError(
      'invalid-request',
      '@aws-sdk/client-sagemaker-runtime could not be loaded. Install it beside @x/sagemaker-endpoint.',
      { cause },
    )
  }
}
