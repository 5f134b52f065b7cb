import type { RuntimeRequest } from '../../wire/runtime-request.ts'
import type { RuntimeSdk } from './load-runtime-sdk.ts'

type Command = InstanceType<RuntimeSdk['InvokeEndpointCommand']>

const commands = {
  invoke: 'InvokeEndpointCommand',
  invokeStream: 'InvokeEndpointWithResponseStreamCommand',
  invokeAsync: 'InvokeEndpointAsyncCommand',
} as const

/** The SDK's command for a request. */
export function createCommand(sdk: RuntimeSdk, request: RuntimeRequest): Command {
  const Constructor = sdk[commands[request.operation]] as unknown as new (input: object) => Command
  return new Constructor(commandInput(request))
}

/** The input of the SDK's commands, with only what was given. */
export function commandInput(request: RuntimeRequest): object {
  const { endpointName, body, contentType, accept, routing, asyncInput } = request
  const input: Record<string, unknown> = { EndpointName: endpointName, ContentType: contentType }
  if (asyncInput?.inputLocation === undefined) input['Body'] = body
  if (accept !== undefined) input['Accept'] = accept
  for (const [option, member] of routingMembers) if (routing[option] !== undefined) input[member] = routing[option]
  if (asyncInput === undefined) return input
  for (const [option, member] of asyncMembers) if (asyncInput[option] !== undefined) input[member] = asyncInput[option]
  return input
}

const routingMembers = [
  ['customAttributes', 'CustomAttributes'],
  ['enableExplanations', 'EnableExplanations'],
  ['inferenceComponentName', 'InferenceComponentName'],
  ['inferenceId', 'InferenceId'],
  ['prefixAwareId', 'PrefixAwareId'],
  ['sessionId', 'SessionId'],
  ['targetContainerHostname', 'TargetContainerHostname'],
  ['targetModel', 'TargetModel'],
  ['targetVariant', 'TargetVariant'],
] as const

const asyncMembers = [
  ['filename', 'Filename'],
  ['inputLocation', 'InputLocation'],
  ['invocationTimeoutSeconds', 'InvocationTimeoutSeconds'],
  ['outputPathExtension', 'S3OutputPathExtension'],
  ['requestTtlSeconds', 'RequestTTLSeconds'],
] as const

/** A request that the SDK has built and not signed yet. */
interface BuiltRequest {
  readonly headers: Record<string, string>
  path?: string
  body?: unknown
}

/**
 * Adds what the SDK has not, to be signed with the rest: versions that are older than an option drop it without a word.
 * Among these options is the body of an asynchronous call.
 */
export function completeRequest(request: unknown, { asyncInput, body, routing }: RuntimeRequest): void {
  const built = request as BuiltRequest
  // The SDK joins a base path that ends with a slash and its own path as they are.
  if (built.path !== undefined) built.path = built.path.replace('//endpoints/', '/endpoints/')
  addHeader(built, 'x-amzn-sagemaker-prefix-aware-id', routing.prefixAwareId)
  addHeader(built, 'x-amzn-sagemaker-filename', asyncInput?.filename)
  addHeader(built, 'x-amzn-sagemaker-s3outputpathextension', asyncInput?.outputPathExtension)
  if (asyncInput?.body === undefined || built.body !== undefined) return
  built.body = body
  addHeader(built, 'content-type', 'application/octet-stream')
}

function addHeader({ headers }: BuiltRequest, name: string, value: string | undefined): void {
  if (value !== undefined) headers[name] ??= value
}
