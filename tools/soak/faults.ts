import { asyncFaultNames, cutNames, endingNames, refusalNames } from '@x/sagemaker-local'

/** Every fault of the local runtime, as a value of its custom attribute `local-faults`. */
export const faults: readonly string[] = [
  ...refusalNames.map((name) => `refusal:${name}`),
  ...[0, 2].flatMap((parts) => endingNames.map((name) => `ending:${name}+afterParts:${parts}`)),
  ...[1, 7, ...cutNames].map((cut) => `parts:${cut}`),
  'headersDelayMs:50',
  'delayMs:5+jitterMs:20',
]

/** Every fault of an asynchronous call. */
export const asyncFaults: readonly string[] = asyncFaultNames.map((name) => `async:${name}`)
