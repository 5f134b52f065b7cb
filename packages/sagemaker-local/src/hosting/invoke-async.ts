import { randomUUID } from 'node:crypto'
import type { HostedEndpoint } from './hosted-endpoint.ts'
import { toBytes } from '../answers/bytes.ts'
import { askForBody } from './gather-answer.ts'
import type { AwsLocation } from '../answers/model-error.ts'
import { withBody, type TrackedRequest } from '../answers/received-request.ts'
import { serviceErrorResponse, type HttpResponse } from '../answers/service-error.ts'
import { readAsyncRequest, type AsyncRequest } from './async-request.ts'
import type { ObjectStore } from './object-store.ts'

/** Where asynchronous calls run. */
export interface AsyncInvocations {
  readonly objects: ObjectStore
  readonly awsLocation: AwsLocation
  /** Aborts what runs, when the runtime closes. */
  readonly signal: AbortSignal
  /** Notes work that goes on after the response. */
  track(work: Promise<void>): void
}

/**
 * Accepts an asynchronous call, or refuses it. The model is asked after the response: its answer, or why there is none, is written to the
 * locations that the response names.
 */
export function invokeAsync(
  invocations: AsyncInvocations,
  endpoint: HostedEndpoint,
  request: TrackedRequest,
): HttpResponse {
  const asyncRequest = readAsyncRequest(request)
  if ('problem' in asyncRequest) return serviceErrorResponse('ValidationError', { message: asyncRequest.problem })
  const id = randomUUID()
  const outputLocation = locationOf(endpoint, asyncRequest, 'output', asyncRequest.fileName ?? `${id}.out`)
  const failureLocation = locationOf(endpoint, asyncRequest, 'failure', `${id}-error.out`)
  const work = answerLater(invocations, endpoint, request, asyncRequest).then(({ succeeded, content }) =>
    invocations.objects.put(succeeded ? outputLocation : failureLocation, content),
  )
  invocations.track(work)
  return {
    statusCode: 202,
    headers: {
      'content-type': 'application/json',
      'x-amzn-sagemaker-outputlocation': outputLocation,
      'x-amzn-sagemaker-failurelocation': failureLocation,
    },
    body: toBytes(JSON.stringify({ InferenceId: asyncRequest.inferenceId ?? id })),
  }
}

function locationOf(
  { name, options }: HostedEndpoint,
  { outputPathExtension }: AsyncRequest,
  folder: 'output' | 'failure',
  fileName: string,
): string {
  const path = options.asyncPath ?? `s3://sagemaker-local/${name}`
  return [path.replace(/\/$/, ''), folder, outputPathExtension, fileName].filter((part) => part !== undefined).join('/')
}

interface Outcome {
  readonly succeeded: boolean
  readonly content: Uint8Array
}

async function answerLater(
  { objects, awsLocation, signal }: AsyncInvocations,
  endpoint: HostedEndpoint,
  request: TrackedRequest,
  { inputLocation, invocationTimeoutSeconds }: AsyncRequest,
): Promise<Outcome> {
  // The response leaves first, whatever the model does.
  await new Promise((resolve) => setImmediate(resolve))
  const body = inputLocation === undefined ? request.body : await objects.get(inputLocation)
  if (!body) return { succeeded: false, content: toBytes(`Could not download ${inputLocation}: no such object.`) }
  const timeout = AbortSignal.any([signal, AbortSignal.timeout(invocationTimeoutSeconds * 1000)])
  const answer = await askForBody(endpoint, withBody(request, body, timeout), awsLocation, timeout)
  return answer.kind === 'body'
    ? { succeeded: true, content: answer.bytes }
    : { succeeded: false, content: answer.response.body }
}
