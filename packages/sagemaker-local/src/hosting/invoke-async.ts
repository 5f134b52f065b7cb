import { randomUUID } from 'node:crypto'
import { toBytes } from '../answers/bytes.ts'
import type { AwsLocation } from '../answers/model-error.ts'
import { withBody, type TrackedRequest } from '../answers/received-request.ts'
import { serviceErrorResponse, type HttpResponse } from '../answers/service-error.ts'
import { FaultSyntaxError } from '../faults/parse-faults.ts'
import type { AsyncFaultName } from '../faults/faults.ts'
import { readAsyncRequest, type AsyncRequest } from './async-request.ts'
import { askForBody, type WholeAnswer } from './gather-answer.ts'
import type { HostedEndpoint } from './hosted-endpoint.ts'
import { notificationMessage, type AsyncOutcome } from './notifications.ts'
import type { ObjectStore } from './object-store.ts'

/** Environment of asynchronous calls. */
export interface AsyncInvocations {
  readonly objects: ObjectStore
  readonly awsLocation: AwsLocation
  /** Aborts when the runtime closes. */
  readonly signal: AbortSignal
  /** Registers work that continues after the response. */
  track(work: Promise<void>): void
  /** Publishes a message to a topic, by its name. */
  publish(topic: string, message: string): Promise<void>
}

/**
 * Accepts or refuses an asynchronous call. The model is invoked after the response; its answer or failure is written to the location in the
 * response and published to the endpoint's topic.
 */
export function invokeAsync(
  invocations: AsyncInvocations,
  endpoint: HostedEndpoint,
  request: TrackedRequest,
): HttpResponse {
  const asyncRequest = readAsyncRequest(request)
  if ('problem' in asyncRequest) return serviceErrorResponse('ValidationError', { message: asyncRequest.problem })
  let fault: AsyncFaultName | undefined
  try {
    fault = endpoint.faultsOf(request)?.faults.async
  } catch (error) {
    if (error instanceof FaultSyntaxError) return serviceErrorResponse('ValidationError', { message: error.message })
    throw error
  }
  const id = randomUUID()
  const call: AsyncCall = {
    endpoint,
    request,
    asyncRequest,
    fault,
    inferenceId: asyncRequest.inferenceId ?? id,
    receivedAt: new Date(),
    outputLocation: locationOf(endpoint, asyncRequest, 'output', asyncRequest.fileName ?? `${id}.out`),
    failureLocation: locationOf(endpoint, asyncRequest, 'failure', `${id}-error.out`),
  }
  invocations.track(answerLater(invocations, call).catch(warn))
  return {
    statusCode: 202,
    headers: {
      'content-type': 'application/json',
      'x-amzn-sagemaker-outputlocation': call.outputLocation,
      'x-amzn-sagemaker-failurelocation': call.failureLocation,
    },
    body: toBytes(JSON.stringify({ InferenceId: call.inferenceId })),
  }
}

interface AsyncCall {
  readonly endpoint: HostedEndpoint
  readonly request: TrackedRequest
  readonly asyncRequest: AsyncRequest
  readonly fault: AsyncFaultName | undefined
  readonly inferenceId: string
  readonly receivedAt: Date
  readonly outputLocation: string
  readonly failureLocation: string
}

function locationOf(
  { asyncPath }: HostedEndpoint,
  { outputPathExtension }: AsyncRequest,
  folder: 'output' | 'failure',
  fileName: string,
): string {
  return [asyncPath, folder, outputPathExtension, fileName].filter((part) => part !== undefined).join('/')
}

/** Invokes the model and writes the result, then publishes it, so that a receiver of the notification finds the object. */
async function answerLater(invocations: AsyncInvocations, call: AsyncCall): Promise<void> {
  // The response is sent first, even if the model is synchronous.
  await new Promise((resolve) => setImmediate(resolve))
  if (call.fault === 'lost') {
    call.request.progress.fault = 'lost'
    return
  }
  const answer = call.fault === 'expired' ? expire(call) : await ask(invocations, call)
  // The runtime is closing.
  if (invocations.signal.aborted) return
  const succeeded = answer.kind === 'body'
  const content = succeeded ? answer.bytes : answer.response.body
  await invocations.objects.put(succeeded ? call.outputLocation : call.failureLocation, content)
  await notify(invocations, call, {
    ...call,
    inputLocation: call.asyncRequest.inputLocation,
    output: succeeded ? { location: call.outputLocation, contentType: answer.contentType } : undefined,
    failureReason: succeeded ? undefined : new TextDecoder().decode(content),
  })
}

async function ask(
  { objects, awsLocation, signal }: AsyncInvocations,
  { endpoint, request, asyncRequest }: AsyncCall,
): Promise<WholeAnswer> {
  const { inputLocation, invocationTimeoutSeconds } = asyncRequest
  const body = inputLocation === undefined ? request.body : await objects.get(inputLocation)
  if (!body) return failure(`Could not download ${inputLocation}: no such object.`)
  const timeout = AbortSignal.any([signal, AbortSignal.timeout(invocationTimeoutSeconds * 1000)])
  return askForBody(endpoint, withBody(request, body, timeout), awsLocation, timeout)
}

function expire({ request }: AsyncCall): WholeAnswer {
  request.progress.fault = 'expired'
  return failure('The request expired in the queue: no container took it within RequestTTLSeconds.')
}

function failure(message: string): WholeAnswer {
  return { kind: 'failed', response: { statusCode: 400, headers: {}, body: toBytes(message) } }
}

async function notify(
  invocations: AsyncInvocations,
  { endpoint, request, fault }: AsyncCall,
  outcome: AsyncOutcome,
): Promise<void> {
  const { successTopic, errorTopic } = endpoint.options.notifications ?? {}
  const topic = outcome.output ? successTopic : errorTopic
  if (topic === undefined) return
  const message = notificationMessage(request, outcome, invocations.awsLocation)
  await invocations.publish(topic, message)
  // SNS guarantees at-least-once delivery only.
  if (fault === 'notified-twice') await invocations.publish(topic, message)
}

function warn(error: unknown): void {
  process.emitWarning(`The outcome of an asynchronous call is lost: ${String(error)}`, 'LocalRuntimeWarning')
}
