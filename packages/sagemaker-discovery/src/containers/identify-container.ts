import { type EnvironmentFacts, namesMatching } from '../environment/environment-facts.ts'
import { containers } from './container-table.ts'
import type { Container } from './container.ts'
import { parseImage } from './image-reference.ts'

/** Evidence about the software in a container. */
export interface ContainerEvidence {
  /** Image URI, as specified in the model. */
  readonly image: string | undefined
  /** ARN or name of the model package, for example from AWS Marketplace. */
  readonly modelPackage: string | undefined
  /** JumpStart model ID. */
  readonly jumpstartModel: string | undefined
  readonly environment: EnvironmentFacts
}

/** A container of the table, with the reason for the match. */
export interface IdentifiedContainer {
  readonly container: Container
  readonly version: string | undefined
  /** The reason, as a sentence. */
  readonly why: string
}

/**
 * Identifies a container by its image, then its model package, then environment variables that only one container reads.
 * Returns `undefined` if none of these matches.
 */
export function identifyContainer(evidence: ContainerEvidence): IdentifiedContainer | undefined {
  return byImage(evidence) ?? byModelPackage(evidence) ?? byVariables(evidence)
}

/** Images that can also run a model-specific script. */
const scriptImages: ReadonlySet<string> = new Set(['huggingface', 'jumpstart'])

function byImage(evidence: ContainerEvidence): IdentifiedContainer | undefined {
  const image = parseImage(evidence.image)
  const container = image && containerNamed(image.repository)
  if (image === undefined || container === undefined) return undefined
  const { repository, tag, isAws } = image
  const owner = isAws ? "AWS's image" : 'The image'
  const script = scriptImages.has(container.name) ? scriptIn(evidence, container) : undefined
  if (script !== undefined) {
    return script === 'unknown'
      ? undefined
      : {
          container: script,
          version: undefined,
          why: `${owner} ${repository} runs the script of the JumpStart model ${evidence.jumpstartModel}.`,
        }
  }
  const version = versionOf(tag, container)
  return {
    container,
    version,
    why: `${owner} ${repository} is ${container.title}${version === undefined ? '' : ` ${version}`}.`,
  }
}

/** A JumpStart model in such an image uses a script. So does a model that sets `SAGEMAKER_PROGRAM` and no task. */
function scriptIn(
  { environment, jumpstartModel }: ContainerEvidence,
  image: Container,
): Container | 'unknown' | undefined {
  if (environment.task !== undefined) return image.name === 'huggingface' ? undefined : 'unknown'
  if (jumpstartModel !== undefined) return containers.find(({ name }) => name === 'jumpstart')
  return image.name === 'jumpstart' || environment.names.includes('SAGEMAKER_PROGRAM') ? 'unknown' : undefined
}

function byModelPackage({ modelPackage }: ContainerEvidence): IdentifiedContainer | undefined {
  const name = modelPackage === undefined ? undefined : packageName(modelPackage)
  const container = name === undefined ? undefined : containerNamed(name)
  return container && { container, version: undefined, why: `The model package ${name} is ${container.title}'s.` }
}

function byVariables({ environment, image }: ContainerEvidence): IdentifiedContainer | undefined {
  for (const container of containers) {
    const names = namesMatching(environment, container.variables)
    if (names.length > 0) {
      const where = image === undefined ? 'The image is not known, but' : 'The image is not one of the known ones, but'
      const why = `${where} its environment sets ${names.join(', ')}, which ${container.title} reads.`
      return { container, version: undefined, why }
    }
  }
  return undefined
}

/** `arn:aws:sagemaker:us-east-1:865070037744:model-package/cohere-command-r-v1-0-5-15e34931a0...` -> `cohere-command-r-v1-0-5`. */
export function packageName(modelPackage: string): string {
  const [, name = modelPackage] = modelPackage.split('model-package/')
  return name.replace(/-[\da-f]{32}$/, '')
}

function containerNamed(name: string): Container | undefined {
  const words = `-${name.toLowerCase().replaceAll(/[^a-z\d]+/g, '-')}-`
  // vLLM-Omni generates images, audio and video.
  if (words.includes('-vllm-omni-')) return undefined
  return containers.find(({ repositories }) => repositories.some((repository) => words.includes(`-${repository}-`)))
}

function versionOf(tag: string | undefined, { versionPrefix = '' }: Container): string | undefined {
  const version = String.raw`(b?\d[\d.]*\d(?:-lmi[\d.]+)?)`
  const pattern = versionPrefix === '' ? `^v?${version}` : `(?:^|-)${versionPrefix}${version}`
  return new RegExp(pattern).exec(tag ?? '')?.[1]
}
