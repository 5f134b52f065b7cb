import type { EndpointOptions } from '../../hosting/endpoint-options.ts'
import { newSession } from '../../sessions/with-sessions.ts'
import { headerNames } from '../../answers/header-names.ts'
import { serviceErrorResponse, type HttpResponse } from '../../answers/service-error.ts'
import type { ReceivedRequest } from '../../answers/received-request.ts'

/** Variant of an endpoint that declares none. */
export const defaultVariant = 'AllTraffic'

/** Returns the error of SageMaker if the routing options of a request do not match the endpoint. */
export function checkRouting(
  request: ReceivedRequest,
  endpointName: string,
  options: EndpointOptions,
): HttpResponse | undefined {
  for (const check of [
    checkInferenceComponent,
    checkTargetModel,
    checkTargetVariant,
    checkTargetContainer,
    checkCustomAttributes,
    checkSession,
  ]) {
    const refusal = check(request, endpointName, options)
    if (refusal)
      return serviceErrorResponse('ValidationError', { message: refusal.message, members: { ErrorCode: refusal.code } })
  }
  return undefined
}

interface Refusal {
  readonly code: string
  readonly message: string
}

type Check = (request: ReceivedRequest, endpointName: string, options: EndpointOptions) => Refusal | undefined

const checkInferenceComponent: Check = (request, endpointName, { inferenceComponents }) => {
  const { inferenceComponentName: name } = request
  if (request.operation === 'openai' && headerNames.inferenceComponentName in request.headers) {
    return {
      code: 'INFERENCE_COMPONENT_NAME_NOT_ALLOWED',
      message: 'Inference Component Name header is not allowed here. Please name the inference component in the path.',
    }
  }
  if (inferenceComponents === undefined && name !== undefined) {
    return {
      code: 'INFERENCE_COMPONENT_NAME_NOT_ALLOWED',
      message:
        'Inference Component Name header is not allowed for endpoints to which you dont plan to deploy inference components. Please remove the Inference Component Name header and try again.',
    }
  }
  if (inferenceComponents !== undefined && name === undefined) {
    return {
      code: 'INFERENCE_COMPONENT_NAME_MISSING',
      message:
        'Inference Component Name header is required for endpoints to which you plan to deploy inference components. Please include Inference Component Name header or consider using SageMaker models.',
    }
  }
  if (name !== undefined && inferenceComponents?.includes(name) === false) {
    return {
      code: 'INFERENCE_COMPONENT_NOT_FOUND',
      message: `Inference Component ${name} of endpoint ${endpointName} not found.`,
    }
  }
  return undefined
}

/** A new session is announced in a header of the response, which a stream does not have. */
const checkSession: Check = ({ operation, sessionId }) =>
  operation !== 'invoke' && sessionId === newSession
    ? { code: 'NEW_SESSION_NOT_SUPPORTED', message: 'A session cannot be created with a streaming request.' }
    : undefined

const checkTargetModel: Check = ({ targetModel }, endpointName, { targetModels }) => {
  if (targetModels === undefined && targetModel !== undefined) {
    return {
      code: 'TARGET_MODEL_HEADER_NOT_SUPPORTED',
      message: `Endpoint ${endpointName} is not a multi-model endpoint and does not support target model header.`,
    }
  }
  if (targetModels !== undefined && targetModel === undefined) {
    return {
      code: 'TARGET_MODEL_HEADER_MISSING',
      message: `Endpoint ${endpointName} is a multi-model endpoint and requires the target model header.`,
    }
  }
  if (targetModel !== undefined && targetModels?.includes(targetModel) === false) {
    return {
      code: 'TARGET_MODEL_NOT_FOUND',
      message: `Target model ${targetModel} of endpoint ${endpointName} not found.`,
    }
  }
  return undefined
}

const checkTargetVariant: Check = ({ targetVariant }, endpointName, { variants = [defaultVariant] }) =>
  targetVariant === undefined || variants.includes(targetVariant)
    ? undefined
    : { code: 'TARGET_VARIANT_NOT_FOUND', message: `Variant ${targetVariant} of endpoint ${endpointName} not found.` }

const checkTargetContainer: Check = ({ targetContainerHostname: name }, endpointName, { containers }) => {
  if (name === undefined || containers?.includes(name)) return undefined
  return containers === undefined
    ? {
        code: 'TARGET_CONTAINER_HOSTNAME_NOT_SUPPORTED',
        message: `Endpoint ${endpointName} is not a multi-container endpoint with direct invocation and does not support target container hostname header.`,
      }
    : { code: 'TARGET_CONTAINER_NOT_FOUND', message: `Container ${name} of endpoint ${endpointName} not found.` }
}

const maxCustomAttributesLength = 1024
const visibleAscii = /^[\x21-\x7e ]*$/

const checkCustomAttributes: Check = ({ customAttributes = '' }) =>
  customAttributes.length <= maxCustomAttributesLength && visibleAscii.test(customAttributes)
    ? undefined
    : {
        code: 'INVALID_CUSTOM_ATTRIBUTES',
        message: `Custom attributes must be at most ${maxCustomAttributesLength} visible US-ASCII characters.`,
      }
