import {
  InvokeEndpointCommand,
  InvokeEndpointWithResponseStreamCommand,
  SageMakerRuntimeClient,
  type ResponseStream,
  type SageMakerRuntimeClientConfig,
} from '@aws-sdk/client-sagemaker-runtime'
import { connection, requestBody } from '../workloads/connection.ts'

export function awsSdkClient(url: string, config: SageMakerRuntimeClientConfig = {}): SageMakerRuntimeClient {
  // Its own limit of 50 would let streams wait for each other.
  const requestHandler = { httpAgent: { maxSockets: Number.POSITIVE_INFINITY } }
  return new SageMakerRuntimeClient({ ...connection, requestHandler, ...config, endpoint: url })
}

export async function invokeWithAwsSdk(client: SageMakerRuntimeClient, endpointName: string): Promise<Uint8Array> {
  const input = { EndpointName: endpointName, Body: requestBody, ContentType: 'application/json' }
  return (await client.send(new InvokeEndpointCommand(input))).Body
}

/** The events of an answer. It has some only once the first has come. */
export async function streamWithAwsSdk(
  client: SageMakerRuntimeClient,
  endpointName: string,
): Promise<AsyncIterable<ResponseStream>> {
  const input = { EndpointName: endpointName, Body: requestBody, ContentType: 'application/json' }
  const { Body } = await client.send(new InvokeEndpointWithResponseStreamCommand(input))
  if (Body === undefined) throw new Error('The answer has no body')
  return Body
}
