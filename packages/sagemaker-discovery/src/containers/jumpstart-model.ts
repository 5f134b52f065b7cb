import { plainName } from '../environment/plain-name.ts'

/** Tags that JumpStart sets on deployed resources. Source: aws/sagemaker-python-sdk `jumpstart/{enums,constants}.py`. */
const modelTags: ReadonlySet<string> = new Set([
  'sagemaker-sdk:jumpstart-model-id',
  'sagemaker-studio:jumpstart-model-id',
  'sm-jumpstart-id',
])

/** A resource tag. */
export interface Tag {
  readonly Key?: string | undefined
  readonly Value?: string | undefined
}

/** Returns the JumpStart model ID from an endpoint's tags. Other tags are ignored. */
export function jumpstartModelOfTags(tags: readonly Tag[]): string | undefined {
  return tags.flatMap(({ Key = '', Value }) => (modelTags.has(Key) ? (plainName(Value) ?? []) : []))[0]
}

/**
 * Returns the JumpStart model ID from the S3 URI of the model files: `s3://jumpstart-cache-prod-us-east-1/.../infer-prepack-NAME.tar.gz`, or
 * `s3://jumpstart-private-cache-prod-us-east-1/meta-textgeneration/NAME/artifacts/...`.
 */
export function jumpstartModelOfFiles(uri: string | undefined): string | undefined {
  const [, path] = /^s3:\/\/jumpstart(?:-private)?-cache-prod-[a-z\d-]+\/(.+)$/.exec(uri ?? '') ?? []
  const folders = path?.split('/') ?? []
  return plainName(
    packedModel(folders.at(-1) ?? '') ?? folders.find((name) => /^[a-z\d]+-[a-z\d]+-[\w.-]+$/i.test(name)),
  )
}

/** The model of a packed file such as `infer-prepack-NAME.tar.gz`. */
function packedModel(file: string): string | undefined {
  const prefix = ['infer-prepack-', 'infer-'].find((start) => file.startsWith(start))
  return prefix !== undefined && file.endsWith('.tar.gz') ? file.slice(prefix.length, -'.tar.gz'.length) : undefined
}
