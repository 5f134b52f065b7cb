import type { ModelKind } from '@x/sagemaker-discovery'
import type { EmbeddingHandlerName } from '@x/sagemaker-embed'
import type { LanguageHandlerName } from '@x/sagemaker-llm'
import type { ClassificationHandlerName, RerankHandlerName } from '@x/sagemaker-rerank'

// Only types of the packages: the help of the command line and the page load none of them. A name that a package adds or removes
// does not compile here.
type Names<Name extends string> = Readonly<Record<Exclude<Name, 'auto'>, true>>

const languageHandlers: Names<LanguageHandlerName> = {
  openai: true,
  tgi: true,
  lmi: true,
  huggingface: true,
  jumpstartLlama2: true,
  jumpstartText2Text: true,
  cohere: true,
  ai21: true,
  triton: true,
  plainText: true,
  bedrockCompat: true,
}

const embeddingHandlers: Names<EmbeddingHandlerName> = {
  tei: true,
  huggingface: true,
  openai: true,
  jumpstart: true,
  lmi: true,
  cohere: true,
  titan: true,
  jina: true,
  kserve: true,
}

/** Names of content handlers for language models, as `namedHandler` of `@x/sagemaker-llm` takes them, without `auto`. */
export const languageHandlerNames: readonly string[] = Object.keys(languageHandlers)

/** Names of content handlers for embedding models, as `namedEmbeddingHandler` of `@x/sagemaker-embed` takes them, without `auto`. */
export const embeddingHandlerNames: readonly string[] = Object.keys(embeddingHandlers)

const rerankHandlers: Names<RerankHandlerName> = {
  tei: true,
  vllm: true,
  cohere: true,
  jina: true,
  huggingface: true,
  djl: true,
  nim: true,
  textPairs: true,
}

const classificationHandlers: Names<ClassificationHandlerName> = {
  tei: true,
  vllm: true,
  huggingface: true,
  jumpstart: true,
}

/** Names of content handlers by the kind of model, without `auto`. */
export const handlerNames: Readonly<Record<ModelKind, readonly string[]>> = {
  language: languageHandlerNames,
  embedding: embeddingHandlerNames,
  rerank: Object.keys(rerankHandlers),
  classification: Object.keys(classificationHandlers),
}
