import type { VariantSummary } from '../control-plane/operations.ts'
import { suggest } from '../suggestion/suggest.ts'
import type { SuggestedConnection, Suggestion } from '../suggestion/suggestion.ts'
import {
  type ContainerSource,
  describedContainer,
  describedModel,
  sourceOfComponent,
  sourcesOfModel,
  unknownSource,
} from './container-source.ts'
import type { EndpointDescription, EndpointVariant, InferenceComponent } from './endpoint-description.ts'
import type { EndpointFacts } from './endpoint-facts.ts'
import { listedEndpoint } from './listed-endpoint.ts'

/** Builds the description from the responses. Pure. */
export function describeFacts(
  facts: EndpointFacts,
  connection: SuggestedConnection,
  jumpstartModel?: string,
): EndpointDescription {
  const { endpoint, deniedActions } = facts
  const [, , , region, accountId] = (endpoint.EndpointArn ?? '').split(':')
  const place = { ...connection, region: connection.region ?? region }
  const variants = [
    ...(endpoint.ProductionVariants ?? []).map((variant) => describeVariant(variant, false, facts, jumpstartModel)),
    ...(endpoint.ShadowProductionVariants ?? []).map((variant) =>
      describeVariant(variant, true, facts, jumpstartModel),
    ),
  ]
  const remarks = endpointRemarks(facts)
  const inferenceComponents = describeComponents(facts, place, remarks, jumpstartModel)
  const main = variants.find(({ variant }) => !variant.isShadow && variant.containers.length > 0)
  const component = inferenceComponents.find(({ baseComponentName }) => baseComponentName === undefined)
  const { AsyncInferenceConfig: asynchronous, DataCaptureConfig: capture, FailureReason } = endpoint
  return {
    ...listedEndpoint(endpoint),
    ...(FailureReason !== undefined && { failureReason: FailureReason }),
    region: region || undefined,
    accountId: accountId || undefined,
    variants: variants.map(({ variant }) => variant),
    inferenceComponents,
    instanceTypes: instanceTypesOf(facts),
    ...(asynchronous !== undefined && {
      asynchronous: {
        outputPath: asynchronous.OutputConfig?.S3OutputPath,
        failurePath: asynchronous.OutputConfig?.S3FailurePath,
        maxConcurrencyPerInstance: asynchronous.ClientConfig?.MaxConcurrentInvocationsPerInstance,
      },
    }),
    ...(capture?.EnableCapture === true && {
      dataCapture: {
        destination: capture.DestinationS3Uri,
        samplingPercentage: capture.CurrentSamplingPercentage,
      },
    }),
    container: main?.variant.containers[0] ?? component?.container ?? describedContainer(unknownSource),
    model: main?.variant.model ?? component?.model ?? {},
    suggestion: component?.suggestion ?? suggestForVariant(main, place, remarks),
    deniedActions,
  }
}

/** A variant with the evidence about its containers. */
interface KnownVariant {
  readonly variant: EndpointVariant
  readonly sources: readonly ContainerSource[]
}

function describeVariant(
  summary: VariantSummary,
  isShadow: boolean,
  { config, models }: EndpointFacts,
  jumpstartModel: string | undefined,
): KnownVariant {
  const { VariantName = '', CurrentServerlessConfig: serverless } = summary
  const configured = [...(config?.ProductionVariants ?? []), ...(config?.ShadowProductionVariants ?? [])]
  const {
    InstancePools,
    ModelName,
    InstanceType = InstancePools?.[0]?.InstanceType,
  } = configured.find((variant) => variant.VariantName === VariantName) ?? {}
  const model = ModelName === undefined ? undefined : models.get(ModelName)
  const images = (summary.DeployedImages ?? []).map(
    ({ SpecifiedImage, ResolvedImage }) => SpecifiedImage ?? ResolvedImage,
  )
  const sources = withJumpstartModel(sourcesOfModel(model, images), jumpstartModel)
  const mode = model?.InferenceExecutionConfig?.Mode
  const variant: EndpointVariant = {
    name: VariantName,
    isShadow,
    ...defined({
      weight: summary.CurrentWeight,
      modelName: ModelName,
      instanceType: InstanceType,
      instanceCount: summary.CurrentInstanceCount,
    }),
    ...(serverless !== undefined && {
      serverless: {
        memoryMiB: serverless.MemorySizeInMB ?? 0,
        maxConcurrency: serverless.MaxConcurrency ?? 0,
        ...defined({ provisionedConcurrency: serverless.ProvisionedConcurrency }),
      },
    }),
    ...(sources.length > 1 && { invocationMode: mode === 'Direct' ? ('direct' as const) : ('serial' as const) }),
    containers: sources.map(describedContainer),
    model: describedModel(sources[0] ?? unknownSource),
  }
  return { variant, sources }
}

function describeComponents(
  { components, models }: EndpointFacts,
  place: SuggestedConnection,
  remarks: readonly string[],
  jumpstartModel: string | undefined,
): readonly InferenceComponent[] {
  const byName = new Map(components.map((component) => [component.InferenceComponentName, component]))
  return components.map((component) => {
    const { InferenceComponentName: name = '', RuntimeConfig, Specification } = component
    const baseComponentName = Specification?.BaseInferenceComponentName
    // An adapter runs in the container of its base component.
    const base = baseComponentName === undefined ? component : byName.get(baseComponentName)
    const found = base === undefined ? unknownSource : sourceOfComponent(base, models)
    const [source = unknownSource] = withJumpstartModel([found], jumpstartModel)
    const routing = { inferenceComponentName: name }
    return {
      name,
      arn: component.InferenceComponentArn ?? '',
      status: component.InferenceComponentStatus ?? 'Unknown',
      ...defined({
        variantName: component.VariantName,
        baseComponentName,
        modelName: Specification?.ModelName,
        copyCount: RuntimeConfig?.CurrentCopyCount,
      }),
      container: describedContainer(source),
      model: describedModel(source),
      suggestion: suggest(source, { ...place, routing, remarks: [...remarks, ...sourceRemarks(source)] }),
    }
  })
}

function suggestForVariant(
  main: KnownVariant | undefined,
  place: SuggestedConnection,
  remarks: readonly string[],
): Suggestion {
  const [source = unknownSource] = main?.sources ?? []
  const all = [...remarks, ...sourceRemarks(source)]
  switch (main?.variant.invocationMode) {
    case 'serial': {
      const count = main.sources.length
      const chain = `A request passes through ${count} containers one after the other, so that the first decides what is sent and the last what is answered.`
      return suggest(unknownSource, { ...place, remarks: [chain, ...remarks] })
    }
    case 'direct': {
      const { hostname } = source
      const routing = hostname === undefined ? {} : { targetContainerHostname: hostname }
      const others = main.variant.containers.flatMap((container) => container.hostname ?? []).join(', ')
      const choice = `The endpoint has several containers, to be called by name: ${others}.`
      return suggest(source, { ...place, routing, remarks: [choice, ...all] })
    }
    case undefined:
      return suggest(source, { ...place, remarks: all })
  }
}

const noCalls: ReadonlySet<string> = new Set(['Creating', 'Deleting', 'Failed', 'OutOfService'])

function endpointRemarks({ endpoint, deniedActions }: EndpointFacts): readonly string[] {
  const { AsyncInferenceConfig, EndpointStatus = '' } = endpoint
  return [
    ...(AsyncInferenceConfig === undefined
      ? []
      : ['The endpoint is asynchronous: it takes only invokeAsync of SagemakerEndpoint, with the same requests.']),
    ...(noCalls.has(EndpointStatus) ? [`The endpoint is ${EndpointStatus}: it takes calls once it is InService.`] : []),
    ...(deniedActions.length === 0 ? [] : [`Not allowed, so that less is known: ${deniedActions.join(', ')}.`]),
  ]
}

function sourceRemarks({ isMultiModel }: ContainerSource): readonly string[] {
  return isMultiModel ? ["The container has several models: name one with targetModel, such as 'model-a.tar.gz'."] : []
}

function withJumpstartModel(
  sources: readonly ContainerSource[],
  model: string | undefined,
): readonly ContainerSource[] {
  return model === undefined
    ? sources
    : sources.map((source) => ({ ...source, jumpstartModel: source.jumpstartModel ?? model }))
}

function instanceTypesOf({ config }: EndpointFacts): readonly string[] {
  const types = (config?.ProductionVariants ?? []).flatMap(({ InstanceType, InstancePools = [] }) => [
    InstanceType,
    ...InstancePools.map((pool) => pool.InstanceType),
  ])
  return [...new Set(types.filter((type) => type !== undefined))]
}

/** Omits undefined members. */
function defined<T extends object>(members: T): { [Name in keyof T]?: NonNullable<T[Name]> } {
  return Object.fromEntries(Object.entries(members).filter(([, value]) => value !== undefined)) as never
}
