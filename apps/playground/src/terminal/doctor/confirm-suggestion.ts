import { SagemakerEmbedding } from '@x/sagemaker-embed'
import { SagemakerError } from '@x/sagemaker-endpoint'
import type { InvokeMetadata, SagemakerEndpoint } from '@x/sagemaker-endpoint'
import { SagemakerLLM } from '@x/sagemaker-llm'
import {
  namedClassificationHandler,
  namedRerankHandler,
  SagemakerClassifier,
  SagemakerReranker,
} from '@x/sagemaker-rerank'
import { explainError } from '../explain-error.ts'
import { embeddingHandlers } from '../options/embedding-model-options.ts'
import { languageHandlers } from '../options/language-model-options.ts'
import type { Diagnosis, DiagnoseOptions } from './diagnose.ts'
import type { KnownSuggestion } from './discover.ts'

/** Result of a call in the suggested format. */
type Confirmation = Omit<Diagnosis, 'endpoint'>

/** A call of one kind of model. */
interface Call {
  readonly endpoint: SagemakerEndpoint
  readonly suggestion: KnownSuggestion
  readonly modelName: string | undefined
  readonly signal: AbortSignal
  readonly onResponse: (response: InvokeMetadata) => void
}

/**
 * Makes one small call in the suggested format. Never accepts a licence on the user's behalf: a model that requires it
 * rejects the call.
 *
 * @throws {SagemakerError} `aborted`
 */
export async function confirmSuggestion(
  endpoint: SagemakerEndpoint,
  suggestion: KnownSuggestion,
  { model, url, signal }: DiagnoseOptions,
): Promise<Confirmation> {
  const startedAt = performance.now()
  let metadata: InvokeMetadata | undefined
  const { modelName = model } = suggestion.options as { readonly modelName?: string }
  const call: Call = {
    endpoint,
    suggestion,
    modelName: model ?? modelName,
    signal,
    onResponse: (response) => (metadata = response),
  }
  try {
    const found = await callers[suggestion.kind](call)
    return {
      ...found,
      confirmed: true,
      requestId: metadata?.requestId,
      variant: metadata?.invokedProductionVariant,
      durationMs: Math.round(performance.now() - startedAt),
    }
  } catch (error) {
    if (!SagemakerError.is(error) || error.code === 'aborted') throw error
    return { confirmed: false, error: explainError(error, url) }
  }
}

const callers: Readonly<Record<KnownSuggestion['kind'], (call: Call) => Promise<Confirmation>>> = {
  language: generate,
  embedding: embed,
  rerank,
  classification: classify,
}

async function generate({ endpoint, suggestion, modelName, signal, onResponse }: Call): Promise<Confirmation> {
  const { acceptEula: _, ...handlerOptions } = suggestion.handlerOptions
  const { additionalParameters } = suggestion.options as { additionalParameters?: Readonly<Record<string, unknown>> }
  const llm = new SagemakerLLM({
    endpoint,
    contentHandler: languageHandlers[suggestion.handler]?.(handlerOptions),
    modelName,
    additionalParameters,
    maxNewTokens: 4,
  })
  const chunks =
    suggestion.call === 'complete'
      ? llm.streamComplete('The capital of France is', { signal, onResponse })
      : llm.streamChat([{ role: 'user', content: 'Hello' }], { signal, onResponse })
  let pieces = 0
  for await (const { delta } of chunks) if (delta !== '') pieces++
  return { streams: pieces > 1 }
}

async function embed({ endpoint, suggestion, modelName, signal }: Call): Promise<Confirmation> {
  const { pooling, inputType } = suggestion.options as {
    readonly pooling?: 'mean' | 'cls' | 'last'
    readonly inputType?: { readonly query: string; readonly text: string }
  }
  const embedding = new SagemakerEmbedding({
    endpoint,
    contentHandler: embeddingHandlers[suggestion.handler]?.(suggestion.handlerOptions),
    modelName,
    pooling,
    inputType,
  })
  switch (suggestion.call) {
    case 'embedSparse': {
      await embedding.getSparseEmbeddings(['Hello'], { signal })
      return {}
    }
    case 'embedMultiVector': {
      const [vectors] = await embedding.getMultiVectorEmbeddings(['Hello'], { signal })
      return { dimensions: vectors?.[0]?.length }
    }
    default: {
      const vector = await embedding.getTextEmbedding('Hello', { signal })
      return { dimensions: vector.length }
    }
  }
}

async function rerank({ endpoint, suggestion, modelName, signal }: Call): Promise<Confirmation> {
  const contentHandler = await namedRerankHandler(suggestion.handler)
  const reranker = new SagemakerReranker({ endpoint, contentHandler, modelName })
  await reranker.rerank('ships', ['The harbour lies in fog.', 'Bread is baked before dawn.'], { signal })
  return {}
}

async function classify({ endpoint, suggestion, modelName, signal }: Call): Promise<Confirmation> {
  const contentHandler = await namedClassificationHandler(suggestion.handler)
  const classifier = new SagemakerClassifier({ endpoint, contentHandler, modelName })
  await classifier.classify(['What a lovely day!'], { signal })
  return {}
}
