// The server of the soak, in a separate process: so the memory of each side is measured separately.
import {
  demoClassificationModel,
  demoEmbeddingModel,
  demoLanguageModel,
  demoRerankModel,
  parseFaults,
  startLocalRuntime,
} from '@x/sagemaker-local'
import { faults } from './faults.ts'
import { held } from './held.ts'

const demo = demoLanguageModel({ format: 'openai' })
const runtime = await startLocalRuntime({
  maxRecordedRequests: 1,
  endpoints: {
    language: demoLanguageModel(),
    openai: demo,
    embedding: demoEmbeddingModel(),
    reranker: demoRerankModel(),
    classifier: demoClassificationModel(),
    // The OpenAI-compatible path has no custom attributes, so that its faults are those of its endpoints.
    ...Object.fromEntries(
      faults.map((fault, index) => [`openai-${index}`, { model: demo, faults: parseFaults(fault) }]),
    ),
  },
})

process.on('message', (question: string) => {
  void (async () => {
    if (question === 'close') {
      await runtime.close()
      process.disconnect()
      return
    }
    process.send?.({ ...(await held()), sockets: runtime.openSockets })
  })()
})
process.send?.(runtime.url)
