import type { RuntimeRequest } from './runtime-request.ts'

/** The input of the SDK's commands, with only what was given. */
export function commandInput(request: RuntimeRequest): Record<string, unknown> {
  const { routing } = request
  const members: Record<string, unknown> = {
    EndpointName: request.endpointName,
    Body: request.body,
    ContentType: request.contentType,
    Accept: request.accept,
    CustomAttributes: routing.customAttributes,
    EnableExplanations: routing.enableExplanations,
    InferenceComponentName: routing.inferenceComponentName,
    InferenceId: routing.inferenceId,
    PrefixAwareId: routing.prefixAwareId,
    SessionId: routing.sessionId,
    TargetContainerHostname: routing.targetContainerHostname,
    TargetModel: routing.targetModel,
    TargetVariant: routing.targetVariant,
  }
  for (const [name, value] of Object.entries(members)) if (value === undefined) delete members[name]
  return members
}
