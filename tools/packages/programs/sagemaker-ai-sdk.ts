import { createSagemaker } from '@x/sagemaker-ai-sdk'
import { createSagemaker as createV3, SagemakerError } from '@x/sagemaker-ai-sdk/v3'

const sagemaker = createSagemaker({ region: 'us-east-1' })
const model = sagemaker('my-llama')
const { content } = await model.doGenerate({
  prompt: [{ role: 'user', content: [{ type: 'text', text: 'The capital of France is' }] }],
  maxOutputTokens: 8,
})
const hasText = content.some((part) => part.type === 'text' && part.text !== '')
console.log(hasText, model.specificationVersion, createV3()('my-llama').specificationVersion)

const { embeddings } = await sagemaker.embeddingModel('my-bge').doEmbed({ values: ['one', 'two'] })
console.log(embeddings.length)

const { ranking } = await sagemaker.rerankingModel('my-reranker').doRerank({
  documents: { type: 'text', values: ['Ships wait in fog.', 'Bread rises.', 'Fog lies over the harbour.'] },
  query: 'fog in the harbour',
  topN: 2,
})
console.log(ranking.length)

try {
  await createSagemaker({ region: 'us-east-1' })
    .embeddingModel('nothing')
    .doEmbed({ values: ['one'] })
} catch (error) {
  const { statusCode, cause } = error as { statusCode?: number; cause?: unknown }
  console.log(statusCode, SagemakerError.is(cause) ? cause.code : error)
}
