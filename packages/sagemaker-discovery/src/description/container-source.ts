import { type ContainerEvidence, identifyContainer, packageName } from '../containers/identify-container.ts'
import { jumpstartModelOfFiles } from '../containers/jumpstart-model.ts'
import type { ContainerDefinition, DescribedComponent, DescribedModel } from '../control-plane/operations.ts'
import { readEnvironment } from '../environment/environment-facts.ts'
import type { DescribedContainer, DescribedModel as ModelDescription } from './endpoint-description.ts'

/** A container of an endpoint, with the evidence about it. */
export interface ContainerSource extends ContainerEvidence {
  readonly hostname: string | undefined
  readonly isMultiModel: boolean
}

/** A container without any evidence. */
export const unknownSource: ContainerSource = containerSource({}, undefined)

/** @param deployedImage - Image of the running variant, used if the model specifies none. */
function containerSource(definition: ContainerDefinition, deployedImage: string | undefined): ContainerSource {
  const { ContainerHostname, Environment, Image, Mode, ModelDataSource, ModelDataUrl, ModelPackageName } = definition
  return {
    image: Image ?? deployedImage,
    modelPackage: ModelPackageName,
    jumpstartModel: jumpstartModelOfFiles(ModelDataUrl ?? ModelDataSource?.S3DataSource?.S3Uri),
    environment: readEnvironment(Environment),
    hostname: ContainerHostname,
    isMultiModel: Mode === 'MultiModel',
  }
}

/** Returns the containers of a model. Without access to the model, uses the deployed images. */
export function sourcesOfModel(
  model: DescribedModel | undefined,
  deployedImages: readonly (string | undefined)[],
): readonly ContainerSource[] {
  const definitions = model?.Containers?.length
    ? model.Containers
    : model?.PrimaryContainer === undefined
      ? deployedImages.map(() => ({}))
      : [model.PrimaryContainer]
  return definitions.map((definition, index) => containerSource(definition, deployedImages[index]))
}

/** Returns the container of a base inference component. */
export function sourceOfComponent(
  { Specification }: DescribedComponent,
  models: ReadonlyMap<string, DescribedModel>,
): ContainerSource {
  const { Container, ModelName } = Specification ?? {}
  const { ArtifactUrl, DeployedImage, Environment } = Container ?? {}
  const image = DeployedImage?.SpecifiedImage ?? DeployedImage?.ResolvedImage
  const own = ModelName === undefined ? undefined : models.get(ModelName)
  const [source] = own === undefined ? [] : sourcesOfModel(own, [image])
  if (source !== undefined) return source
  return containerSource(
    {
      ...(ArtifactUrl !== undefined && { ModelDataUrl: ArtifactUrl }),
      ...(Environment !== undefined && { Environment }),
    },
    image,
  )
}

/** Converts a container to its public description. */
export function describedContainer(source: ContainerSource): DescribedContainer {
  const identified = identifyContainer(source)
  const image = source.image ?? source.modelPackage
  return {
    ...(image !== undefined && { image }),
    name: identified?.container.name ?? 'unknown',
    ...(identified?.version !== undefined && { version: identified.version }),
    ...(source.hostname !== undefined && { hostname: source.hostname }),
    isMultiModel: source.isMultiModel,
  }
}

/** Converts a container's model to its public description. */
export function describedModel({ environment, jumpstartModel, modelPackage }: ContainerSource): ModelDescription {
  const { adapters, maxModelLength, modelId, servedName } = environment
  const id = modelId ?? jumpstartModel ?? (modelPackage && packageName(modelPackage))
  return {
    ...(id !== undefined && { id }),
    ...(maxModelLength !== undefined && { maxModelLength }),
    ...(servedName !== undefined && { servedName }),
    ...(adapters.length > 0 && { adapters }),
  }
}
