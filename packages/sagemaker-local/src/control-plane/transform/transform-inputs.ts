import { isObject, parseJson } from '../../answers/json-fields.ts'
import { isObjectLocation, type ObjectStore } from '../../hosting/object-store.ts'
import type { TransformInput } from './transform-request.ts'

/** The objects of a transform job: their names within a folder, which are the names of the outputs, too. Or what is wrong. */
export type TransformInputs =
  | { readonly folder: string; readonly names: readonly string[] }
  | { readonly problem: string }

/**
 * Finds the objects of a transform job. A manifest is `[{ "prefix": "s3://bucket/folder/" }, "name", ...]`
 * (https://docs.aws.amazon.com/sagemaker/latest/APIReference/API_TransformS3DataSource.html).
 */
export async function transformInputs(
  { type, location }: TransformInput,
  objects: Pick<ObjectStore, 'get' | 'list'>,
): Promise<TransformInputs> {
  if (type === 'ManifestFile') return readManifest(location, await objects.get(location))
  const locations = await objects.list(location)
  if (locations.length === 0) return { problem: `ClientError: no objects found under ${location}.` }
  const folder = location.slice(0, location.lastIndexOf('/') + 1)
  return { folder, names: locations.map((each) => each.slice(folder.length)) }
}

function readManifest(location: string, data: Uint8Array | undefined): TransformInputs {
  const problem = (what: string): TransformInputs => ({ problem: `ClientError: the manifest ${location} ${what}.` })
  if (data === undefined) return problem('does not exist')
  const parsed = parseJson(new TextDecoder().decode(data))
  if ('error' in parsed || !Array.isArray(parsed.value)) return problem('is not a JSON array')
  const [first, ...names] = parsed.value as readonly unknown[]
  const folder = isObject(first) ? first['prefix'] : undefined
  if (typeof folder !== 'string' || !isObjectLocation(`${folder}x`)) return problem('does not begin with a prefix')
  if (!names.every((name) => typeof name === 'string')) return problem('lists something other than names')
  if (names.length === 0) return problem('lists no objects')
  return { folder, names }
}
