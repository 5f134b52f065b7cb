import { toBytes } from '../answers/bytes.ts'
import { isObject, type JsonObject, parseJson } from '../answers/json-fields.ts'
import type { ReceivedRequest } from '../answers/received-request.ts'
import type { HttpResponse } from '../answers/service-error.ts'
import type { SignatureRequirement } from '../signing/signature-requirement.ts'
import { describeInferenceComponent, listInferenceComponents } from './component-operations.ts'
import { ControlPlaneError, type ControlPlaneErrorName, requestedError } from './control-plane-error.ts'
import {
  describeEndpoint,
  describeEndpointConfig,
  describeModel,
  listEndpoints,
  listTags,
} from './endpoint-operations.ts'
import type { ControlPlaneState, Operation } from './operation.ts'
import type { TransformJobOptions } from './transform/transform-jobs.ts'

/** Control plane operations that the local runtime supports. */
export type ControlPlaneOperation =
  | 'ListEndpoints'
  | 'DescribeEndpoint'
  | 'DescribeEndpointConfig'
  | 'DescribeModel'
  | 'ListInferenceComponents'
  | 'DescribeInferenceComponent'
  | 'ListTags'
  | 'CreateTransformJob'
  | 'DescribeTransformJob'
  | 'StopTransformJob'
  | 'ListTransformJobs'

/** Options of the control plane. */
export interface ControlPlaneOptions {
  /** Operations that fail with an error, such as `{ DescribeModel: 'AccessDeniedException' }`. */
  readonly errors?: Readonly<Partial<Record<ControlPlaneOperation, ControlPlaneErrorName>>> | undefined
  /** Start-up delay and failures of transform jobs. */
  readonly transformJobs?: TransformJobOptions | undefined
}

const operations: Readonly<Record<ControlPlaneOperation, Operation>> = {
  ListEndpoints: listEndpoints,
  DescribeEndpoint: describeEndpoint,
  DescribeEndpointConfig: describeEndpointConfig,
  DescribeModel: describeModel,
  ListInferenceComponents: listInferenceComponents,
  DescribeInferenceComponent: describeInferenceComponent,
  ListTags: listTags,
  CreateTransformJob: (request, { transformJobs }) => transformJobs.create(request),
  DescribeTransformJob: (request, { transformJobs }) => transformJobs.describe(request),
  StopTransformJob: (request, { transformJobs }) => transformJobs.stop(request),
  ListTransformJobs: (request, { transformJobs }) => transformJobs.list(request),
}

/** Names of the supported operations. */
export const controlPlaneOperationNames = Object.keys(operations) as readonly ControlPlaneOperation[]

/** State and settings of the control plane. */
export interface ControlPlane extends ControlPlaneState {
  readonly options: ControlPlaneOptions
  readonly requireSignature: SignatureRequirement | undefined
}

const targetPrefix = 'SageMaker.'

/** Returns the operation of a request in the AWS JSON protocol; undefined for any other request. */
export function controlPlaneTarget({ headers, method }: ReceivedRequest): string | undefined {
  const target = headers['x-amz-target']
  return method === 'POST' && typeof target === 'string' && target.startsWith(targetPrefix)
    ? target.slice(targetPrefix.length)
    : undefined
}

/** Handles a control plane request in the AWS JSON 1.1 protocol. */
export async function answerControlPlane(
  plane: ControlPlane,
  target: string,
  request: ReceivedRequest,
): Promise<HttpResponse> {
  try {
    return jsonResponse(200, await answer(plane, target, request))
  } catch (error) {
    if (!(error instanceof ControlPlaneError)) throw error
    return jsonResponse(error.statusCode, { __type: error.type, message: error.message })
  }
}

async function answer(plane: ControlPlane, target: string, request: ReceivedRequest): Promise<JsonObject> {
  await checkSignature(plane, request)
  const name = controlPlaneOperationNames.find((one) => one === target)
  if (name === undefined)
    throw new ControlPlaneError('UnknownOperationException', `The operation ${target} is not answered here.`)
  const error = plane.options.errors?.[name]
  if (error !== undefined) throw requestedError(error, name, plane.awsLocation.accountId)
  const parsed = parseJson(request.text === '' ? '{}' : request.text)
  if ('error' in parsed || !isObject(parsed.value))
    throw new ControlPlaneError('SerializationException', 'The body is no JSON object.')
  return operations[name](parsed.value, plane)
}

async function checkSignature(
  { requireSignature, awsLocation }: ControlPlane,
  request: ReceivedRequest,
): Promise<void> {
  if (requireSignature === undefined) return
  // Loads the SDK's signer only if it is needed.
  const { verifySignature } = await import('../signing/verify-signature.ts')
  const refusal = await verifySignature(request, requireSignature, awsLocation.region)
  if (refusal === undefined) return
  const { message = '' } = JSON.parse(Buffer.from(refusal.body).toString()) as { message?: string }
  throw new ControlPlaneError(refusal.headers['x-amzn-errortype'] ?? 'InvalidSignatureException', message)
}

function jsonResponse(statusCode: number, body: JsonObject): HttpResponse {
  return {
    statusCode,
    headers: { 'content-type': 'application/x-amz-json-1.1' },
    body: toBytes(JSON.stringify(body)),
  }
}
