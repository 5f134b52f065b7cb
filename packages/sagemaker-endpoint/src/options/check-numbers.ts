import { SagemakerError } from '../errors/sagemaker-error.ts'

/**
 * Refuses numbers that no call could be made with, such as a limit of 0 or `NaN`, which would wait for ever.
 *
 * @throws SagemakerError with code `invalid-request`.
 */
export function checkNumbers(numbers: Readonly<Record<string, number>>, lowest: number): void {
  for (const [name, value] of Object.entries(numbers)) {
    if (value >= lowest) continue
    throw new SagemakerError('invalid-request', `${name} is ${value}; it must be a number from ${lowest}.`)
  }
}
