import { SagemakerError } from '@x/sagemaker-endpoint'
import type { EmbeddingCall } from './embedding-content-handler.ts'

const reasons = {
  inputType: (format: string) =>
    `inputType: the format ${format} has no parameter for it. Remove it, use queryInstruction and textInstruction, or name another contentHandler.`,
  dtype: (format: string) =>
    `dtype: the format ${format} has no parameter for it. Remove it, or name another contentHandler.`,
} as const

/**
 * Rejects options that a format has no parameter for: the vectors would not be those that were asked for.
 *
 * @throws {SagemakerError} `invalid-request` with the name of the option and of the format.
 */
export function refuseOptions(
  format: string,
  call: EmbeddingCall,
  ...options: readonly (keyof typeof reasons)[]
): void {
  for (const option of options) {
    const value = call[option]
    if (value !== undefined && value !== 'float32') throw new SagemakerError('invalid-request', reasons[option](format))
  }
}
