import { SagemakerError, type InvokeMetadata, type SagemakerEndpoint } from '@x/sagemaker-endpoint'
import { explainError } from '../explain-error.ts'
import type { Diagnosis, DiagnoseOptions } from './diagnose.ts'
import type { KnownSuggestion } from './discover.ts'
import {
  suggestedClassifier,
  suggestedEmbeddingModel,
  suggestedLanguageModel,
  suggestedReranker,
  type SuggestedModel,
} from './suggested-model.ts'

/** Result of a call in the suggested format. */
type Confirmation = Omit<Diagnosis, 'endpoint'>

/** A call of one kind of model. */
interface Call extends SuggestedModel {
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

async function generate({ signal, onResponse, ...model }: Call): Promise<Confirmation> {
  const llm = await suggestedLanguageModel(model, { maxNewTokens: 4 })
  const chunks =
    model.suggestion.call === 'complete'
      ? llm.streamComplete('The capital of France is', { signal, onResponse })
      : llm.streamChat([{ role: 'user', content: 'Hello' }], { signal, onResponse })
  let pieces = 0
  for await (const { delta } of chunks) if (delta !== '') pieces++
  return { streams: pieces > 1 }
}

async function embed({ signal, ...model }: Call): Promise<Confirmation> {
  const embedding = await suggestedEmbeddingModel(model)
  switch (model.suggestion.call) {
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

async function rerank({ signal, ...model }: Call): Promise<Confirmation> {
  const reranker = await suggestedReranker(model)
  await reranker.rerank('ships', ['The harbour lies in fog.', 'Bread is baked before dawn.'], { signal })
  return {}
}

async function classify({ signal, ...model }: Call): Promise<Confirmation> {
  const classifier = await suggestedClassifier(model)
  await classifier.classify(['What a lovely day!'], { signal })
  return {}
}
