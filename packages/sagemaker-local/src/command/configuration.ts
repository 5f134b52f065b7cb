import { endpointStatuses } from '../answers/deployment.ts'
import { controlPlaneErrorNames } from '../control-plane/control-plane-error.ts'
import { controlPlaneOperationNames } from '../control-plane/control-plane.ts'
import type { EndpointOptions } from '../hosting/endpoint-options.ts'
import type { LocalRuntimeOptions } from '../runtime/local-runtime-options.ts'
import { asyncFaultNames, cutNames, endingNames, refusalNames } from '../faults/faults.ts'

/** An endpoint in a configuration file: its backend, options of the demo model or the proxy, and how requests are routed to it. */
export interface ConfiguredEndpoint extends Omit<EndpointOptions, 'model'> {
  readonly backend: string
  readonly seed?: number | undefined
  readonly tokensPerSecond?: number | undefined
  readonly modelName?: string | undefined
  readonly contextWindow?: number | undefined
  readonly dimensions?: number | undefined
  readonly maxTokens?: number | undefined
  readonly apiKey?: string | undefined
  readonly task?: 'generation' | 'embedding' | undefined
}

/** Contents of a configuration file. A string in place of an endpoint is its backend. */
export interface Configuration extends Omit<LocalRuntimeOptions, 'endpoints' | 'onAnswered'> {
  readonly endpoints?: Readonly<Record<string, string | ConfiguredEndpoint>> | undefined
}

const text = { type: 'string', minLength: 1 }
const texts = { type: 'array', items: text, minItems: 1 }
const count = { type: 'integer', minimum: 0 }
const positiveCount = { type: 'integer', minimum: 1 }
const amount = { type: 'number', minimum: 0 }

const object = (properties: Readonly<Record<string, unknown>>, required: readonly string[] = []): object => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
})

const faults = object({
  probability: { type: 'number', minimum: 0, maximum: 1 },
  seed: count,
  firstRequests: count,
  firstMs: amount,
  refusal: { enum: refusalNames },
  retryAfterSeconds: amount,
  headersDelayMs: amount,
  parts: { anyOf: [positiveCount, { enum: cutNames }] },
  delayMs: amount,
  jitterMs: amount,
  ending: { enum: endingNames },
  afterParts: count,
  async: { enum: asyncFaultNames },
})

const deployment = object({
  image: text,
  environment: { type: 'object', additionalProperties: { type: 'string' } },
  modelDataUrl: { type: 'string', pattern: '^s3://[^/]+' },
  modelPackageName: text,
  instanceType: text,
  serverless: object({ memorySizeInMB: positiveCount, maxConcurrency: positiveCount }, [
    'memorySizeInMB',
    'maxConcurrency',
  ]),
  baseComponents: { type: 'object', additionalProperties: text },
  shadowVariants: texts,
  dataCapture: object({ destinationS3Uri: text, samplingPercentage: { type: 'number', minimum: 0, maximum: 100 } }, [
    'destinationS3Uri',
    'samplingPercentage',
  ]),
  tags: { type: 'object', additionalProperties: { type: 'string' } },
  status: { enum: endpointStatuses },
  failureReason: text,
})

const endpoint = object(
  {
    backend: text,
    seed: count,
    tokensPerSecond: { type: 'number', exclusiveMinimum: 0 },
    modelName: text,
    contextWindow: positiveCount,
    dimensions: positiveCount,
    maxTokens: positiveCount,
    apiKey: text,
    task: { enum: ['generation', 'embedding'] },
    variants: texts,
    targetModels: texts,
    containers: texts,
    inferenceComponents: texts,
    sessionsExpireInSeconds: positiveCount,
    asyncPath: { type: 'string', pattern: '^s3://[^/]+' },
    notifications: object({ successTopic: text, errorTopic: text }),
    deployment,
    faults,
  },
  ['backend'],
)

/** The JSON Schema of a configuration file, published with the package as `configuration.schema.json`. */
export const configurationSchema: Readonly<Record<string, unknown>> = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Configuration of sagemaker-local',
  ...object({
    $schema: { type: 'string' },
    port: { type: 'integer', minimum: 0, maximum: 65_535 },
    host: text,
    allowedHosts: texts,
    region: text,
    accountId: { type: 'string', pattern: '^\\d{12}$' },
    limits: object({ maxBodyBytes: positiveCount, answerTimeoutMs: positiveCount, streamTimeoutMs: positiveCount }),
    requireSignature: object({ accessKeyId: text, secretAccessKey: text, sessionToken: text }, [
      'accessKeyId',
      'secretAccessKey',
    ]),
    objects: { enum: ['memory', 's3'] },
    controlPlane: {
      anyOf: [
        { type: 'boolean' },
        object({
          errors: object(
            Object.fromEntries(controlPlaneOperationNames.map((name) => [name, { enum: controlPlaneErrorNames }])),
          ),
        }),
      ],
    },
    maxRecordedRequests: positiveCount,
    endpoints: {
      type: 'object',
      additionalProperties: { if: { type: 'string' }, then: text, else: endpoint },
    },
  }),
}
