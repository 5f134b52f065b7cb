import {
  InvokeEndpointCommand,
  InvokeEndpointWithResponseStreamCommand,
  ModelError,
} from '@aws-sdk/client-sagemaker-runtime'
import type { LocalRuntime } from '../index.ts'
import { readParts, sdkClient } from './sdk-client.ts'

/** Options of a call, without its body. */
export interface CallInit {
  readonly contentType?: string
  readonly customAttributes?: string
}

const request = (endpointName: string, body: unknown, init: CallInit) => ({
  EndpointName: endpointName,
  ContentType: init.contentType ?? 'application/json',
  CustomAttributes: init.customAttributes,
  Body: typeof body === 'string' ? body : JSON.stringify(body),
})

/** The JSON that an endpoint answers through the bare SDK. */
export async function callEndpoint(
  runtime: LocalRuntime,
  endpointName: string,
  body: unknown,
  init: CallInit = {},
): Promise<unknown> {
  const { Body } = await sdkClient(runtime).send(new InvokeEndpointCommand(request(endpointName, body, init)))
  return JSON.parse(Body.transformToString())
}

/** The status and body of the container's error. */
export async function callRefused(
  runtime: LocalRuntime,
  endpointName: string,
  body: unknown,
  init: CallInit = {},
): Promise<readonly [status: number | undefined, content: unknown]> {
  const error: unknown = await callEndpoint(runtime, endpointName, body, init).catch((error: unknown) => error)
  if (!(error instanceof ModelError)) throw error
  const message = error.OriginalMessage ?? ''
  return [error.OriginalStatusCode, message.startsWith('{') ? JSON.parse(message) : message]
}

/** The content type and the texts of the parts of a stream. */
export async function callStreamed(
  runtime: LocalRuntime,
  endpointName: string,
  body: object,
): Promise<{ contentType: string | undefined; parts: readonly string[] }> {
  const command = new InvokeEndpointWithResponseStreamCommand(request(endpointName, { ...body, stream: true }, {}))
  const output = await sdkClient(runtime).send(command)
  const { parts, error } = await readParts(output.Body)
  if (error !== undefined) throw error
  return { contentType: output.ContentType, parts }
}
