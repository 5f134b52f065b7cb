import type * as sdk from '@aws-sdk/client-sagemaker-runtime'
import { foreignCause } from '../../errors/foreign-cause.ts'
import { quote } from '../../errors/quote.ts'
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
    throw loadingError(cause)
  })
  return loading
}

const packageName = '@aws-sdk/client-sagemaker-runtime'

/** The SDK is not installed, or it is in a bundle that cannot run it. */
function loadingError(thrown: unknown): SagemakerError {
  const cause = foreignCause(thrown, undefined)
  const reason = quote(thrown instanceof Error ? thrown.message : String(thrown))
  const what = `${packageName} could not be loaded: "${reason}".`
  if (reason.includes('Dynamic require of')) {
    const advice =
      'The SDK calls require(), which a bundle in the format esm does not have: define it in a banner, or mark @aws-sdk/* and @smithy/* as external.'
    return new SagemakerError('invalid-request', `${what} ${advice}`, { cause })
  }
  const advice = `Install it: npm install ${packageName}.`
  return new SagemakerError('missing-dependency', `${what} ${advice}`, { packageName, cause })
}
