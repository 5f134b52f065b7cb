import type { RuntimeRequest } from './runtime-request.ts'

/** The input of the SDK's commands, with only what was given. */
export function commandInput({ endpointName, body, contentType, accept, routing }: RuntimeRequest): object {
  const input: Record<string, unknown> = { EndpointName: endpointName, Body: body, ContentType: contentType }
  if (accept !== undefined) input['Accept'] = accept
  for (const [option, member] of routingMembers) if (routing[option] !== undefined) input[member] = routing[option]
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
