import { randomUUID } from 'node:crypto'
import type { HostedEndpoint } from './hosted-endpoint.ts'
import { askEndpoint } from './ask-endpoint.ts'
import { toBytes } from '../answers/bytes.ts'
import { gather, wholeResponse } from '../wire/deliver/deliver-whole.ts'
import { modelErrorResponse, modelTimeoutResponse, type Place } from '../answers/model-error.ts'
import { withBody, type ReceivedRequest } from '../answers/received-request.ts'
import { serviceErrorResponse, type HttpResponse } from '../answers/service-error.ts'
import { readAsyncRequest, type AsyncRequest } from './async-request.ts'
import type { ObjectStore } from './object-store.ts'

/** Where asynchronous calls run. */
export interface AsyncInvocations {
  readonly objects: ObjectStore
  readonly place: Place
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
  request: ReceivedRequest,
): HttpResponse {
  const asyncRequest = readAsyncRequest(request)
  if ('problem' in asyncRequest) return serviceErrorResponse('ValidationError', { message: asyncRequest.problem })
  const id = randomUUID()
  const outputLocation = locationOf(endpoint, asyncRequest, 'output', asyncRequest.fileName ?? `${id}.out`)
  const failureLocation = locationOf(endpoint, asyncRequest, 'failure', `${id}-error.out`)
  const work = answerLater(invocations, endpoint, request, asyncRequest).then(({ succeeded, content }) => {
    invocations.objects.put(succeeded ? outputLocation : failureLocation, content)
  })
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
  { objects, place, signal }: AsyncInvocations,
  endpoint: HostedEndpoint,
  request: ReceivedRequest,
  { inputLocation, invocationTimeoutSeconds }: AsyncRequest,
): Promise<Outcome> {
  // The response leaves first, whatever the model does.
  await new Promise((resolve) => setImmediate(resolve))
  const body = inputLocation === undefined ? request.body : objects.get(inputLocation)
  if (!body) return { succeeded: false, content: toBytes(`Could not download ${inputLocation}: no such object.`) }
  const timeout = AbortSignal.any([signal, AbortSignal.timeout(invocationTimeoutSeconds * 1000)])
  const answer = await askEndpoint(endpoint, { request: withBody(request, body, timeout), place }, timeout)
  if (answer.kind === 'service') return failed(answer.response)
  if (answer.kind === 'none') return failed(modelTimeoutResponse(endpoint.name, place))
  const gathered = await gather(answer, timeout)
  if (timeout.aborted) return failed(modelTimeoutResponse(endpoint.name, place))
  switch (gathered.kind) {
    case 'broken':
      return failed(modelTimeoutResponse(endpoint.name, place))
    case 'failed':
      return failed(gathered.response)
    case 'crashed':
      return failed(
        modelErrorResponse({ endpointName: endpoint.name, statusCode: 500, message: gathered.message }, place),
      )
    case 'body': {
      const response = wholeResponse(answer, gathered.bytes, endpoint.name, place)
      return response.statusCode === 200 ? { succeeded: true, content: response.body } : failed(response)
    }
  }
}

function failed({ body }: HttpResponse): Outcome {
  return { succeeded: false, content: body }
}
