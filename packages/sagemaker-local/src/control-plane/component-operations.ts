import type { JsonObject } from '../answers/json-fields.ts'
import type { HostedEndpoint } from '../hosting/hosted-endpoint.ts'
import { ControlPlaneError } from './control-plane-error.ts'
import { deploymentOf, variantsOf } from './endpoint-operations.ts'
import { listPage } from './list-page.ts'
import { arnOf, type ControlPlaneState, createdAt, type Operation, requiredName } from './operation.ts'

/** An inference component of a local endpoint. */
interface Component {
  readonly name: string
  readonly endpoint: HostedEndpoint
}

export const listInferenceComponents: Operation = (request, state) => {
  const { EndpointNameEquals, VariantNameEquals } = request
  const all = componentsOf(state).flatMap((component) => {
    const isWanted =
      (EndpointNameEquals === undefined || component.endpoint.name === EndpointNameEquals) &&
      (VariantNameEquals === undefined || variantsOf(component.endpoint)[0] === VariantNameEquals)
    const time = createdAt(component.endpoint, state)
    return isWanted ? [{ ...component, status: 'InService', createdAt: time, lastModifiedAt: time }] : []
  })
  const { items, nextToken } = listPage(request, all)
  return { InferenceComponents: items.map((item) => summaryOf(item, state)), NextToken: nextToken }
}

export const describeInferenceComponent: Operation = (request, state) => {
  const name = requiredName(request, 'InferenceComponentName')
  const component = componentsOf(state).find((one) => one.name === name)
  if (component === undefined) {
    const arn = arnOf('inference-component', name, state)
    throw new ControlPlaneError('ValidationException', `Could not find inference component "${arn}".`)
  }
  const base = deploymentOf(component.endpoint).baseComponents?.[name]
  return {
    ...summaryOf(component, state),
    Specification:
      base === undefined
        ? {
            ModelName: component.endpoint.name,
            ComputeResourceRequirements: { MinMemoryRequiredInMb: 1024, NumberOfAcceleratorDevicesRequired: 1 },
          }
        : {
            BaseInferenceComponentName: base,
            Container: { ArtifactUrl: `s3://sagemaker-local/${component.endpoint.name}/adapters/${name}.tar.gz` },
          },
    RuntimeConfig: { DesiredCopyCount: 1, CurrentCopyCount: 1 },
  }
}

function componentsOf({ endpoints }: ControlPlaneState): readonly Component[] {
  return [...endpoints.values()].flatMap((endpoint) =>
    (endpoint.options.inferenceComponents ?? []).map((name) => ({ name, endpoint })),
  )
}

function summaryOf({ name, endpoint }: Component, state: ControlPlaneState): JsonObject {
  const time = createdAt(endpoint, state)
  return {
    InferenceComponentName: name,
    InferenceComponentArn: arnOf('inference-component', name, state),
    EndpointName: endpoint.name,
    EndpointArn: arnOf('endpoint', endpoint.name, state),
    VariantName: variantsOf(endpoint)[0],
    InferenceComponentStatus: 'InService',
    CreationTime: time,
    LastModifiedTime: time,
  }
}
