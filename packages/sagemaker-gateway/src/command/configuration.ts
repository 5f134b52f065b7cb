import type { GatewayModel } from '../contract/gateway-model.ts'
import type { GatewayOptions } from '../contract/gateway-options.ts'
import type { ServeOptions } from '../node/serve.ts'

/** A key in a configuration file: itself, or the name of the environment variable that holds it. */
export type ConfiguredKey = string | { readonly name: string; readonly key?: string; readonly env?: string }

/** Which endpoints are offered in addition to the models that are configured. */
export interface ConfiguredDiscovery {
  readonly patterns: readonly string[]
  readonly refreshMs?: number | undefined
}

/** Contents of a configuration file. */
export interface Configuration extends Omit<GatewayOptions, 'models' | 'apiKeys' | 'onRequest' | 'telemetry'> {
  readonly listen?: ServeOptions | undefined
  /** Region of models that do not name one. */
  readonly region?: string | undefined
  /** URL of the service for models that do not name one, such as that of a local runtime. */
  readonly endpoint?: string | undefined
  readonly apiKeys?: readonly ConfiguredKey[] | undefined
  readonly models?: Readonly<Record<string, string | GatewayModel>> | undefined
  readonly discover?: ConfiguredDiscovery | undefined
}

const text = { type: 'string', minLength: 1 }
const texts = { type: 'array', items: text, minItems: 1 }
const positiveCount = { type: 'integer', minimum: 1 }
const amount = { type: 'number', minimum: 0 }
const parameters = { type: 'object' }
const object = (properties: Readonly<Record<string, unknown>>, required: readonly string[] = []): object => ({
  type: 'object',
  properties,
  required,
  additionalProperties: false,
})

const base = {
  endpointName: { type: 'string', pattern: '^[A-Za-z0-9][A-Za-z0-9-]{0,62}$' },
  inferenceComponentName: text,
  targetVariant: text,
  targetContainerHostname: text,
  targetModel: text,
  customAttributes: text,
  region: text,
  endpoint: { type: 'string', pattern: '^https?://' },
  transport: { enum: ['invoke', 'openai'] },
  timeouts: object({
    connectMs: positiveCount,
    firstByteMs: positiveCount,
    idleMs: positiveCount,
    totalMs: positiveCount,
  }),
  maxConcurrency: { anyOf: [positiveCount, { enum: ['adaptive'] }] },
  maxResponseBytes: positiveCount,
  contentHandler: text,
  modelName: text,
  aliases: texts,
  fallback: texts,
  readyWithinMs: amount,
  additionalParameters: parameters,
}
const promptStyle = { enum: ['llama2', 'llama3', 'mistral', 'chatml', 'gemma', 'generic'] }
const generation = object({
  temperature: amount,
  maxNewTokens: positiveCount,
  topP: { type: 'number', minimum: 0, maximum: 1 },
  topK: { type: 'integer' },
  stopSequences: texts,
  seed: { type: 'integer' },
  presencePenalty: { type: 'number' },
  frequencyPenalty: { type: 'number' },
  reasoning: { enum: ['as-sent', 'split', 'auto'] },
  reasoningEffort: text,
  parallelToolCalls: { type: 'boolean' },
  additionalParameters: parameters,
})
const language = object(
  {
    ...base,
    // Models of the other kinds have their own schemas.
    kind: { enum: ['language', 'embedding', 'rerank'] },
    systemPrompt: text,
    messagesToPrompt: promptStyle,
    completionToPrompt: promptStyle,
    defaults: generation,
    passUnknown: { type: 'boolean' },
  },
  ['endpointName'],
)
const embedding = object(
  {
    ...base,
    kind: { const: 'embedding' },
    embedBatchSize: positiveCount,
    concurrency: positiveCount,
    dimensions: positiveCount,
    normalize: { type: 'boolean' },
    pooling: { enum: ['mean', 'cls', 'last'] },
    queryInstruction: { type: 'string' },
    textInstruction: { type: 'string' },
    inputType: { if: { type: 'string' }, then: text, else: object({ query: text, text }, ['query', 'text']) },
  },
  ['endpointName', 'kind'],
)
const rerank = object({ ...base, kind: { const: 'rerank' } }, ['endpointName', 'kind'])
const ofKind = (kind: string): object => ({
  type: 'object',
  properties: { kind: { const: kind } },
  required: ['kind'],
})

/** A model is checked by its kind, so that a mistake is named and not only that none of three kinds fits. */
const model = {
  if: { type: 'string' },
  then: text,
  else: {
    type: 'object',
    if: ofKind('embedding'),
    then: embedding,
    else: { if: ofKind('rerank'), then: rerank, else: language },
  },
}

/** The JSON Schema of a configuration file, published with the package as `configuration.schema.json`. */
export const configurationSchema: Readonly<Record<string, unknown>> = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  title: 'Configuration of sagemaker-gateway',
  ...object({
    $schema: { type: 'string' },
    listen: object({
      port: { type: 'integer', minimum: 0, maximum: 65_535 },
      host: text,
      allowedHosts: texts,
      insecure: { type: 'boolean' },
    }),
    region: text,
    endpoint: base.endpoint,
    apiKeys: {
      type: 'array',
      items: {
        if: { type: 'string' },
        then: text,
        else: { ...object({ name: text, key: text, env: text }, ['name']), minProperties: 2, maxProperties: 2 },
      },
    },
    cors: object({ origins: { type: 'array', items: { type: 'string', pattern: '^https?://[^/*]+/?$' } } }, [
      'origins',
    ]),
    keepAlive: object({ firstMs: amount, intervalMs: positiveCount }),
    maxRequestBytes: positiveCount,
    maxConcurrency: positiveCount,
    maxStreamsPerKey: positiveCount,
    resumeForMs: amount,
    maxResumeBytes: positiveCount,
    exposeErrors: { type: 'boolean' },
    discover: object({ patterns: texts, refreshMs: { type: 'integer', minimum: 1000 } }, ['patterns']),
    models: { type: 'object', additionalProperties: model },
  }),
}
