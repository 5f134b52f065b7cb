import type { Container, HandlerChoice, ModelKind } from '../containers/container.ts'
import {
  identifyContainer,
  packageName,
  type ContainerEvidence,
  type IdentifiedContainer,
} from '../containers/identify-container.ts'
import { modelKind } from '../containers/model-kind.ts'
import { suggestedCode } from './suggested-code.ts'
import type { SuggestedCall, SuggestedConnection, Suggestion } from './suggestion.ts'

/** Where the model is within the endpoint. */
export interface Placement extends SuggestedConnection {
  /** Routing options, such as `inferenceComponentName`. */
  readonly routing?: Readonly<Record<string, unknown>> | undefined
  /** Sentences to append to `why`. */
  readonly remarks?: readonly string[] | undefined
}

const packages: Readonly<Record<ModelKind, Suggestion['package']>> = {
  language: '@x/sagemaker-llm',
  embedding: '@x/sagemaker-embed',
  rerank: '@x/sagemaker-rerank',
  classification: '@x/sagemaker-rerank',
}

/** Suggests how to call the model in a container. */
export function suggest(evidence: ContainerEvidence, placement: Placement): Suggestion {
  const identified = identifyContainer(evidence)
  const { environment, jumpstartModel, modelPackage } = evidence
  const names = [environment.modelId, modelPackage && packageName(modelPackage), jumpstartModel]
  const known = identified && modelKind(identified.container, environment, jumpstartModel, names)
  if (identified === undefined || known === undefined) return unknown(evidence, identified, placement)
  const { kind } = known
  const { container } = identified
  const choice = chooseHandler(container, kind, evidence, names)
  const { handlerOptions = {}, options, remarks } = adjustments(identified, kind, evidence, choice)
  return complete(
    {
      kind,
      package: packages[kind],
      handler: choice.handler,
      handlerOptions,
      options: { ...options, ...placement.routing },
      call: callOf(identified, kind, evidence, choice),
    },
    [identified.why, known.why, ...remarks],
    placement,
  )
}

function unknown(
  { image, jumpstartModel }: ContainerEvidence,
  identified: IdentifiedContainer | undefined,
  placement: Placement,
): Suggestion {
  const what =
    identified === undefined
      ? image === undefined
        ? 'Neither the image nor the model package is known.'
        : 'The image is unknown, and the environment does not identify its software.'
      : `${identified.why} The kind of model is unknown.`
  const model = jumpstartModel === undefined ? undefined : `It serves the JumpStart model ${jumpstartModel}.`
  return complete(
    {
      kind: 'unknown',
      package: '@x/sagemaker-llm',
      handler: 'auto',
      handlerOptions: {},
      options: placement.routing ?? {},
      call: 'chat',
    },
    [
      what,
      model,
      'auto() recognizes most responses; `npx @x/playground doctor` determines the format with one small call.',
    ],
    placement,
  )
}

function complete(
  suggestion: Omit<Suggestion, 'code' | 'why'>,
  sentences: readonly (string | undefined)[],
  placement: Placement,
): Suggestion {
  const why = [...sentences, ...(placement.remarks ?? [])].filter((sentence) => sentence !== undefined).join(' ')
  return { ...suggestion, code: suggestedCode(suggestion, placement), why }
}

function chooseHandler(
  container: Container,
  kind: ModelKind,
  { environment: { settings } }: ContainerEvidence,
  names: readonly (string | undefined)[],
): HandlerChoice {
  if (container.name === 'lmi' && kind === 'language' && settings['OPTION_BEDROCK_COMPAT'] === 'true') {
    return { handler: 'bedrockCompat' }
  }
  const choices = container.handlers[kind] ?? []
  const fitting = choices.find(({ models }) => {
    const pattern = models === undefined ? undefined : new RegExp(models, 'i')
    return pattern === undefined || names.some((name) => name !== undefined && pattern.test(name))
  })
  return fitting ?? { handler: 'auto' }
}

interface Adjustments {
  readonly handlerOptions?: Readonly<Record<string, unknown>> | undefined
  readonly options: Readonly<Record<string, unknown>>
  readonly remarks: readonly string[]
}

/** Options that depend on the model and on the container's settings. */
function adjustments(
  { container }: IdentifiedContainer,
  kind: ModelKind,
  { environment }: ContainerEvidence,
  { handlerOptions }: HandlerChoice,
): Adjustments {
  const { modelId, servedName, settings, task } = environment
  if (container.name === 'huggingface' && kind === 'embedding' && task !== 'sentence-embeddings') {
    const pooling = poolingOf(modelId)
    const remark =
      pooling === undefined
        ? 'The toolkit returns one vector per token. Check the pooling on the model card: mean is a guess.'
        : `The toolkit returns one vector per token; ${modelId} uses ${pooling} pooling.`
    return { options: { pooling: pooling ?? 'mean' }, remarks: [remark] }
  }
  if (
    container.name === 'huggingface' &&
    kind === 'language' &&
    task !== undefined &&
    !/^(?:text-generation|conversational)$/.test(task)
  ) {
    return {
      options: { additionalParameters: { return_full_text: undefined } },
      remarks: [`The ${task} pipeline rejects return_full_text, so the parameter is omitted.`],
    }
  }
  if (container.name === 'nim') {
    const modelName = servedName ?? modelId
    const inputType = kind === 'embedding' ? { inputType: { query: 'query', text: 'passage' } } : {}
    const remark = 'NIM requires the model name in each request: set modelName.'
    return {
      handlerOptions,
      options: { ...(modelName !== undefined && { modelName }), ...inputType },
      remarks: modelName === undefined ? [remark] : [],
    }
  }
  if (container.name === 'triton') {
    const isInfer = settings['SAGEMAKER_TRITON_INFERENCE_TYPE']?.startsWith('generate') !== true
    return { handlerOptions: isInfer ? { inferenceType: 'infer' } : handlerOptions, options: {}, remarks: [] }
  }
  if (handlerOptions?.['acceptEula'] === true) {
    return {
      handlerOptions,
      options: {},
      remarks: ['The model requires you to accept its licence: read it first; acceptEula sends accept_eula=true.'],
    }
  }
  return { handlerOptions, options: {}, remarks: [] }
}

/** Pooling of well-known model families, from their model cards. */
function poolingOf(modelId = ''): 'mean' | 'cls' | 'last' | undefined {
  if (/qwen|mistral/i.test(modelId)) return 'last'
  if (/(?:^|[-_/])(?:bge|gte|mxbai|arctic)/i.test(modelId)) return 'cls'
  return /minilm|mpnet|e5|nomic|sentence-transformers/i.test(modelId) ? 'mean' : undefined
}

const promptHandlers: ReadonlySet<string> = new Set(['ai21', 'bedrockCompat', 'jumpstartText2Text', 'triton'])

function callOf(
  { container, version }: IdentifiedContainer,
  kind: ModelKind,
  evidence: ContainerEvidence,
  { handler }: HandlerChoice,
): SuggestedCall {
  const { environment, jumpstartModel } = evidence
  const { settings, task } = environment
  if (kind === 'embedding') return embeddingCall(evidence)
  if (kind !== 'language') return ({ rerank: 'rerank', classification: 'classify' } as const)[kind]
  const isBase =
    handler === 'jumpstartLlama2' && jumpstartModel !== undefined && !/-(?:f|instruct)$/.test(jumpstartModel)
  // Older text pipelines do not accept messages.
  const isPipeline = container.name === 'huggingface' && task !== 'conversational'
  const takesPrompts = promptHandlers.has(handler) || isBase || isPipeline
  return takesPrompts || isOldTgi(container, version, settings) ? 'complete' : 'chat'
}

/** SPLADE models return sparse vectors, ColBERT models one vector per token. */
function embeddingCall({ environment: { modelId, settings }, modelPackage }: ContainerEvidence): SuggestedCall {
  if (settings['POOLING'] === 'splade') return 'embedSparse'
  return /colbert/i.test(modelId ?? modelPackage ?? '') ? 'embedMultiVector' : 'embed'
}

/** TGI accepts messages on `/invocations` since 2.4; from 1.4 on only with `MESSAGES_API_ENABLED`. */
function isOldTgi(
  { name }: Container,
  version: string | undefined,
  settings: Readonly<Record<string, string>>,
): boolean {
  if (name !== 'tgi' || version === undefined || settings['MESSAGES_API_ENABLED'] === 'true') return false
  const [major = 0, minor = 0] = version.split('.').map(Number)
  return major < 2 || (major === 2 && minor < 4)
}
