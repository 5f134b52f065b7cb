import type { InvokeAsyncInput } from '../options/invoke-async-input.ts'
import type { RuntimeRequest } from './runtime-request.ts'
import { unavailableRouting } from './unavailable-routing.ts'

/** What is wrong with an asynchronous request, apart from its size. */
export function asyncProblem({ asyncInput, routing }: RuntimeRequest): string | undefined {
  if (asyncInput === undefined) return undefined
  const option = unavailableRouting(routing, ['customAttributes', 'inferenceId'])
  if (option !== undefined) return `${option} is not available for asynchronous calls`
  const { inputLocation, body } = asyncInput
  if (inputLocation === undefined && body === undefined) return 'neither inputLocation nor body is given'
  if (inputLocation !== undefined && body !== undefined) return 'both inputLocation and body are given: choose one'
  return secondsProblem(asyncInput)
}

function secondsProblem({ requestTtlSeconds, invocationTimeoutSeconds }: InvokeAsyncInput): string | undefined {
  for (const [name, value] of Object.entries({ requestTtlSeconds, invocationTimeoutSeconds })) {
    if (value !== undefined && !(Number.isInteger(value) && value >= 1))
      return `${name} is ${value}; it must be a whole number from 1`
  }
  return undefined
}
