import { isObject, type JsonObject } from '../../answers/json-fields.ts'
import { isObjectLocation } from '../../hosting/object-store.ts'
import { ControlPlaneError, validationError } from '../control-plane-error.ts'
import { requiredName } from '../operation.ts'
import { type JsonPath, parseJsonPath } from './json-path.ts'

/** Where the objects of a job are: all that begin with a prefix, or those that a manifest lists. */
export interface TransformInput {
  readonly type: 'S3Prefix' | 'ManifestFile'
  readonly location: string
}

/** A checked `CreateTransformJob` request. */
export interface TransformRequest {
  readonly name: string
  readonly modelName: string
  readonly input: TransformInput
  readonly contentType: string | undefined
  readonly accept: string | undefined
  /** Whether every line of an object is a record. Otherwise the object is. */
  readonly splitsLines: boolean
  readonly outputPath: string
  readonly assemblesLines: boolean
  readonly joins: boolean
  readonly inputFilter: JsonPath
  readonly outputFilter: JsonPath
  readonly maxConcurrentTransforms: number
  readonly maxPayloadBytes: number
  readonly timeoutSeconds: number
  readonly maxRetries: number
}

const namePattern = /^[a-zA-Z0-9](?:-*[a-zA-Z0-9]){0,62}$/

/** @throws {ControlPlaneError} `ValidationException` */
export function readTransformRequest(request: JsonObject): TransformRequest {
  const name = requiredName(request, 'TransformJobName')
  if (!namePattern.test(name)) {
    throw validationError(
      'transformJobName',
      name,
      'Member must satisfy regular expression pattern: [a-zA-Z0-9](-*[a-zA-Z0-9]){0,62}',
    )
  }
  const modelName = requiredName(request, 'ModelName')
  const input = objectIn(request, 'TransformInput')
  const source = objectIn(objectIn(input, 'DataSource'), 'S3DataSource')
  const type = source['S3DataType']
  if (type !== 'S3Prefix' && type !== 'ManifestFile') {
    throw invalid('Only S3DataType S3Prefix and ManifestFile are supported here.')
  }
  const output = objectIn(request, 'TransformOutput')
  const outputPath = requiredName(output, 'S3OutputPath').replace(/\/$/, '')
  const location = requiredName(source, 'S3Uri')
  for (const uri of [location, outputPath]) if (!isObjectLocation(uri)) throw invalid(`${uri} is no S3 URI.`)
  const resources = objectIn(request, 'TransformResources')
  requiredName(resources, 'InstanceType')
  const processing = isObject(request['DataProcessing']) ? request['DataProcessing'] : {}
  const client = isObject(request['ModelClientConfig']) ? request['ModelClientConfig'] : {}
  const concurrency = numberIn(request, 'MaxConcurrentTransforms', 0) || 1
  const megabytes = numberIn(request, 'MaxPayloadInMB', 6)
  if (concurrency * megabytes > 100) {
    throw invalid('The value of MaxConcurrentTransforms * MaxPayloadInMB must not exceed 100.')
  }
  if (request['BatchStrategy'] === 'MultiRecord') throw invalid('Only BatchStrategy SingleRecord is supported here.')
  const joins = processing['JoinSource'] === 'Input'
  const assemblesLines = output['AssembleWith'] === 'Line'
  if (joins && input['SplitType'] === 'Line' && !assemblesLines) {
    throw invalid('JoinSource Input with SplitType Line needs AssembleWith Line.')
  }
  return {
    name,
    modelName,
    input: { type, location },
    contentType: textIn(input, 'ContentType'),
    accept: textIn(output, 'Accept'),
    splitsLines: input['SplitType'] === 'Line',
    outputPath,
    assemblesLines,
    joins,
    inputFilter: filterIn(processing, 'InputFilter'),
    outputFilter: filterIn(processing, 'OutputFilter'),
    maxConcurrentTransforms: concurrency,
    maxPayloadBytes: megabytes * 2 ** 20,
    timeoutSeconds: numberIn(client, 'InvocationsTimeoutInSeconds', 600),
    maxRetries: numberIn(client, 'InvocationsMaxRetries', 3),
  }
}

function invalid(message: string): ControlPlaneError {
  return new ControlPlaneError('ValidationException', message)
}

function objectIn(value: JsonObject, member: string): JsonObject {
  const found = value[member]
  if (!isObject(found)) throw validationError(member, undefined, 'Member must not be null')
  return found
}

function textIn(value: JsonObject, member: string): string | undefined {
  const found = value[member]
  return typeof found === 'string' ? found : undefined
}

function numberIn(value: JsonObject, member: string, fallback: number): number {
  const found = value[member]
  return typeof found === 'number' ? found : fallback
}

function filterIn(processing: JsonObject, member: string): JsonPath {
  const text = textIn(processing, member) ?? '$'
  const filter = parseJsonPath(text)
  if (filter === undefined) throw invalid(`${member} ${text} is not a JSONPath that is supported here.`)
  return filter
}
