import type { GenerationOptions } from '@x/bedrock-like-types'
import { namedEmbeddingHandler, SagemakerEmbedding } from '@x/sagemaker-embed'
import { SagemakerError } from '@x/sagemaker-endpoint'
import { type ContentTelemetryOptions, namedHandler, SagemakerLLM } from '@x/sagemaker-llm'
import { namedRerankHandler, SagemakerReranker } from '@x/sagemaker-rerank'
import type {
  EmbeddingGatewayModel,
  GatewayModel,
  GatewayModelKind,
  LanguageGatewayModel,
  RerankGatewayModel,
} from '../contract/gateway-model.ts'

/** The object that calls an endpoint, by what the model does. */
export interface ModelObjects {
  readonly language: SagemakerLLM
  readonly embedding: SagemakerEmbedding
  readonly rerank: SagemakerReranker
}

/** A model that is offered, by its name in the configuration. */
export interface ServedModel<K extends GatewayModelKind = GatewayModelKind> {
  readonly name: string
  readonly kind: K
  /** When it was configured, in seconds since 1970. */
  readonly created: number
  /** Names of the models that are asked if this one fails. */
  readonly fallback: readonly string[]
  /** Loads the format of the container once, and creates the object that calls the endpoint. */
  readonly open: () => Promise<ModelObjects[K]>
  /** Options of generation for requests that do not have them. */
  readonly defaults: GenerationOptions
  readonly passUnknown: boolean
  /** Name of the container's format, such as `tgi`; `auto` where it is found out. */
  readonly format: string
  /** Whether events of OpenAI's format may be passed on: no telemetry has to see every part, and no handler of the user reads them. */
  readonly canPassOn: boolean
  /** Ends the calls of the model and closes its connections. */
  close(): void
}

interface Telemetry {
  readonly telemetry: ContentTelemetryOptions | undefined
}

/** The gateway retries once at most: clients retry, too. */
const maxAttempts = 2

/** Creates a model from its configuration. Nothing is loaded before the first request. */
export function servedModel(name: string, model: GatewayModel, telemetry?: ContentTelemetryOptions): ServedModel {
  let opened: Promise<SagemakerLLM | SagemakerEmbedding | SagemakerReranker> | undefined
  const language = model.kind === undefined || model.kind === 'language' ? model : undefined
  return {
    name,
    kind: model.kind ?? 'language',
    created: Math.floor(Date.now() / 1000),
    fallback: model.fallback ?? [],
    open: () =>
      (opened ??= openModel(model, telemetry).catch((error: unknown) =>
        Promise.reject(configurationError(name, error)),
      )),
    // What a client of OpenAI's format reads as `reasoning_content`, and one of Anthropic's as a block of thinking.
    defaults: { reasoning: 'auto', ...language?.defaults },
    passUnknown: language?.passUnknown ?? false,
    format: typeof model.contentHandler === 'string' ? model.contentHandler : (model.contentHandler?.name ?? 'auto'),
    canPassOn: telemetry === undefined && typeof model.contentHandler !== 'object',
    close: () => void opened?.then((object) => object.close()).catch(() => {}),
  }
}

/** A wrong option of a model is a mistake of the operator, not of the client. */
function configurationError(name: string, error: unknown): unknown {
  if (!SagemakerError.is(error) || error.code !== 'invalid-request') return error
  const path = `models.${name}`
  const problem = error.message.slice(error.code.length + 2)
  return new SagemakerError('invalid-configuration', `${path}: ${problem}`, { path, cause: error })
}

function openModel(
  model: GatewayModel,
  telemetry: ContentTelemetryOptions | undefined,
): Promise<SagemakerLLM | SagemakerEmbedding | SagemakerReranker> {
  switch (model.kind) {
    case 'embedding':
      return openEmbedding({ ...model, telemetry })
    case 'rerank':
      return openReranker({ ...model, telemetry })
    case 'language':
    case undefined:
      return openLanguageModel({ ...model, telemetry })
  }
}

async function openLanguageModel(model: LanguageGatewayModel & Telemetry): Promise<SagemakerLLM> {
  const { contentHandler = 'auto', readyWithinMs, ...options } = model
  return new SagemakerLLM({
    ...options,
    retry: { maxAttempts, readyWithinMs },
    contentHandler: typeof contentHandler === 'string' ? await namedHandler(contentHandler) : contentHandler,
  })
}

async function openEmbedding(model: EmbeddingGatewayModel & Telemetry): Promise<SagemakerEmbedding> {
  const { contentHandler = 'auto', readyWithinMs, ...options } = model
  return new SagemakerEmbedding({
    ...options,
    retry: { maxAttempts, readyWithinMs },
    contentHandler: typeof contentHandler === 'string' ? await namedEmbeddingHandler(contentHandler) : contentHandler,
  })
}

async function openReranker(model: RerankGatewayModel & Telemetry): Promise<SagemakerReranker> {
  const { contentHandler = 'auto', readyWithinMs, ...options } = model
  return new SagemakerReranker({
    ...options,
    retry: { maxAttempts, readyWithinMs },
    contentHandler: typeof contentHandler === 'string' ? await namedRerankHandler(contentHandler) : contentHandler,
  })
}
