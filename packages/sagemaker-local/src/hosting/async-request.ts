import type { ReceivedRequest } from '../answers/received-request.ts'
import { isObjectLocation } from './object-store.ts'

/** An asynchronous call, as its headers describe it. */
export interface AsyncRequest {
  readonly inferenceId: string | undefined
  /** Where the input lies; undefined if it is the body. */
  readonly inputLocation: string | undefined
  readonly outputPathExtension: string | undefined
  readonly fileName: string | undefined
  /** Time that the model has, in seconds. */
  readonly invocationTimeoutSeconds: number
}

const maxInlineBytes = 128_000
const ttlRange = { minimum: 60, maximum: 21_600 }
const timeoutRange = { minimum: 1, maximum: 3600, default: 900 }

/** Parses the headers of an asynchronous call, or returns the problem with them. */
export function readAsyncRequest(request: ReceivedRequest): AsyncRequest | { readonly problem: string } {
  const header = (name: string): string | undefined => request.headers[`x-amzn-sagemaker-${name}`]?.toString()
  const inputLocation = header('inputlocation')
  if ((inputLocation === undefined) === (request.body.length === 0)) {
    return { problem: 'Exactly one of Body and InputLocation must be given.' }
  }
  if (request.body.length > maxInlineBytes) {
    return { problem: `Body must have at most ${maxInlineBytes} bytes. Use InputLocation for longer input.` }
  }
  if (inputLocation !== undefined && !isObjectLocation(inputLocation)) {
    return { problem: 'InputLocation must be of the form s3://bucket/key.' }
  }
  const ttl = header('requestttlseconds')
  if (ttl !== undefined && !isWithin(Number(ttl), ttlRange)) {
    return { problem: `RequestTTLSeconds must be between ${ttlRange.minimum} and ${ttlRange.maximum}.` }
  }
  const timeout = Number(header('invocationtimeoutseconds') ?? timeoutRange.default)
  if (!isWithin(timeout, timeoutRange)) {
    return { problem: `InvocationTimeoutSeconds must be between ${timeoutRange.minimum} and ${timeoutRange.maximum}.` }
  }
  return {
    inferenceId: request.inferenceId,
    inputLocation,
    outputPathExtension: header('s3outputpathextension'),
    fileName: header('filename'),
    invocationTimeoutSeconds: timeout,
  }
}

function isWithin(value: number, { minimum, maximum }: { minimum: number; maximum: number }): boolean {
  return Number.isInteger(value) && value >= minimum && value <= maximum
}
