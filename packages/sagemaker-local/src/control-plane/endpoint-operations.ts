import type { Deployment } from '../answers/deployment.ts'
import type { JsonObject } from '../answers/json-fields.ts'
import type { HostedEndpoint } from '../hosting/hosted-endpoint.ts'
import { ControlPlaneError } from './control-plane-error.ts'
import { listPage } from './list-page.ts'
import { arnOf, type ControlPlaneState, createdAt, endpointNamed, type Operation, requiredName } from './operation.ts'

/** Returns the deployment of an endpoint: its options override those of the model. */
export function deploymentOf({ options }: HostedEndpoint): Deployment {
  return { ...options.model.deployment, ...options.deployment }
}

/** Returns the image of an endpoint; undefined if it uses a model package. */
export function imageOf(endpoint: HostedEndpoint, { awsLocation }: ControlPlaneState): string | undefined {
  const { image, modelPackageName } = deploymentOf(endpoint)
  if (image !== undefined || modelPackageName !== undefined) return image
  const { accountId, region } = awsLocation
  return `${accountId}.dkr.ecr.${region}.amazonaws.com/${endpoint.name.toLowerCase()}:latest`
}

export const listEndpoints: Operation = (request, state) => {
  const all = [...state.endpoints.values()].map((endpoint) => {
    const time = createdAt(endpoint, state)
    const { status = 'InService' } = deploymentOf(endpoint)
    return { name: endpoint.name, status, createdAt: time, lastModifiedAt: time, endpoint }
  })
  const { items, nextToken } = listPage(request, all)
  return { Endpoints: items.map(({ endpoint }) => summaryOf(endpoint, state)), NextToken: nextToken }
}

export const describeEndpoint: Operation = (request, state) => {
  const name = requiredName(request, 'EndpointName')
  const endpoint = endpointNamed(name, 'endpoint', 'endpoint', state)
  const { dataCapture, failureReason } = deploymentOf(endpoint)
  return {
    ...summaryOf(endpoint, state),
    EndpointConfigName: name,
    ProductionVariants: variantsOf(endpoint).map((variant) => runningVariant(variant, endpoint, state)),
    ShadowProductionVariants: shadowVariants(endpoint, (variant) => runningVariant(variant, endpoint, state)),
    FailureReason: failureReason,
    AsyncInferenceConfig: asyncConfig(endpoint),
    DataCaptureConfig: dataCapture && {
      EnableCapture: true,
      CaptureStatus: 'Started',
      CurrentSamplingPercentage: dataCapture.samplingPercentage,
      DestinationS3Uri: dataCapture.destinationS3Uri,
      KmsKeyId: '',
    },
  }
}

export const describeEndpointConfig: Operation = (request, state) => {
  const name = requiredName(request, 'EndpointConfigName')
  const endpoint = endpointNamed(name, 'endpoint-config', 'endpoint configuration', state)
  const { dataCapture } = deploymentOf(endpoint)
  return {
    EndpointConfigName: name,
    EndpointConfigArn: arnOf('endpoint-config', name, state),
    CreationTime: createdAt(endpoint, state),
    ProductionVariants: variantsOf(endpoint).map((variant) => configuredVariant(variant, endpoint)),
    ShadowProductionVariants: shadowVariants(endpoint, (variant) => configuredVariant(variant, endpoint)),
    AsyncInferenceConfig: asyncConfig(endpoint),
    DataCaptureConfig: dataCapture && {
      EnableCapture: true,
      InitialSamplingPercentage: dataCapture.samplingPercentage,
      DestinationS3Uri: dataCapture.destinationS3Uri,
      CaptureOptions: [{ CaptureMode: 'InputAndOutput' }],
    },
    EnableNetworkIsolation: false,
  }
}

export const describeModel: Operation = (request, state) => {
  const name = requiredName(request, 'ModelName')
  const endpoint = endpointNamed(name, 'model', 'model', state)
  const { containers, targetModels } = endpoint.options
  const { environment, modelDataUrl, modelPackageName } = deploymentOf(endpoint)
  const container = {
    Image: imageOf(endpoint, state),
    Mode: targetModels === undefined ? 'SingleModel' : 'MultiModel',
    ModelDataUrl: modelDataUrl ?? (targetModels && `s3://sagemaker-local/${name}/models/`),
    ModelPackageName: modelPackageName,
    Environment: environment ?? {},
  }
  return {
    ModelName: name,
    ModelArn: arnOf('model', name, state),
    ...(containers === undefined
      ? { PrimaryContainer: container }
      : {
          Containers: containers.map((ContainerHostname) => ({ ContainerHostname, ...container })),
          InferenceExecutionConfig: { Mode: 'Direct' },
        }),
    ExecutionRoleArn: `arn:aws:iam::${state.awsLocation.accountId}:role/sagemaker-local`,
    CreationTime: createdAt(endpoint, state),
    EnableNetworkIsolation: false,
  }
}

export const listTags: Operation = (request, state) => {
  const arn = requiredName(request, 'ResourceArn')
  const endpoint = [...state.endpoints.values()].find(({ name }) => arnOf('endpoint', name, state) === arn)
  // Models and configurations exist, but have no tags.
  const known = [...state.endpoints.keys()].some((name) =>
    [arnOf('model', name, state), arnOf('endpoint-config', name, state)].includes(arn),
  )
  if (endpoint === undefined && !known)
    throw new ControlPlaneError('ValidationException', `Could not find resource "${arn}".`)
  const tags = endpoint === undefined ? {} : (deploymentOf(endpoint).tags ?? {})
  return { Tags: Object.entries(tags).map(([Key, Value]) => ({ Key, Value })) }
}

function summaryOf(endpoint: HostedEndpoint, state: ControlPlaneState): JsonObject {
  const time = createdAt(endpoint, state)
  return {
    EndpointName: endpoint.name,
    EndpointArn: arnOf('endpoint', endpoint.name, state),
    CreationTime: time,
    LastModifiedTime: time,
    EndpointStatus: deploymentOf(endpoint).status ?? 'InService',
  }
}

export function variantsOf({ options }: HostedEndpoint): readonly string[] {
  return options.variants ?? ['AllTraffic']
}

function shadowVariants(
  endpoint: HostedEndpoint,
  describe: (variant: string) => JsonObject,
): readonly JsonObject[] | undefined {
  return deploymentOf(endpoint).shadowVariants?.map(describe)
}

function runningVariant(name: string, endpoint: HostedEndpoint, state: ControlPlaneState): JsonObject {
  const { serverless } = deploymentOf(endpoint)
  const image = endpoint.options.inferenceComponents === undefined ? imageOf(endpoint, state) : undefined
  return {
    VariantName: name,
    DeployedImages: image && [
      { SpecifiedImage: image, ResolvedImage: image, ResolutionTime: createdAt(endpoint, state) },
    ],
    CurrentWeight: 1,
    DesiredWeight: 1,
    ...(serverless === undefined
      ? { CurrentInstanceCount: 1, DesiredInstanceCount: 1 }
      : { CurrentServerlessConfig: serverlessConfig(serverless) }),
  }
}

function configuredVariant(name: string, endpoint: HostedEndpoint): JsonObject {
  const { instanceType = 'ml.g5.2xlarge', serverless } = deploymentOf(endpoint)
  return {
    VariantName: name,
    // With inference components, models belong to the components.
    ModelName: endpoint.options.inferenceComponents === undefined ? endpoint.name : undefined,
    InitialVariantWeight: 1,
    ...(serverless === undefined
      ? { InitialInstanceCount: 1, InstanceType: instanceType }
      : { ServerlessConfig: serverlessConfig(serverless) }),
  }
}

function serverlessConfig({ memorySizeInMB, maxConcurrency }: NonNullable<Deployment['serverless']>): JsonObject {
  return { MemorySizeInMB: memorySizeInMB, MaxConcurrency: maxConcurrency }
}

/** An endpoint with an explicit `asyncPath` is shown as asynchronous. */
function asyncConfig({ options: { asyncPath } }: HostedEndpoint): JsonObject | undefined {
  return asyncPath === undefined
    ? undefined
    : { OutputConfig: { S3OutputPath: `${asyncPath}/output/`, S3FailurePath: `${asyncPath}/failure/` } }
}
