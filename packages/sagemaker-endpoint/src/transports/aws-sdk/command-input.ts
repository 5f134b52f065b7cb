import type { RuntimeRequest } from '../../wire/runtime-request.ts'

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
