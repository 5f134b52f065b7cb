/** Names of content handlers for language models, as `namedHandler` of `@x/sagemaker-llm` takes them. */
export const languageHandlerNames = [
  'openai',
  'tgi',
  'lmi',
  'huggingface',
  'jumpstartLlama2',
  'jumpstartText2Text',
  'cohere',
  'ai21',
  'triton',
  'bedrockCompat',
] as const

/** Names of content handlers for embedding models, as `namedEmbeddingHandler` of `@x/sagemaker-embed` takes them. */
export const embeddingHandlerNames = [
  'tei',
  'huggingface',
  'openai',
  'jumpstart',
  'lmi',
  'cohere',
  'titan',
  'jina',
  'kserve',
] as const
