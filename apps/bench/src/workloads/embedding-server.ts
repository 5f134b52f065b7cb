import { demoEmbeddingModel, startLocalRuntime } from '@x/sagemaker-local'

// A local runtime with the demo embedding model, in its own process so that its work is not measured.
const runtime = await startLocalRuntime({ endpoints: { demo: demoEmbeddingModel() }, maxRecordedRequests: 0 })
process.send?.(runtime.url)
process.once('disconnect', () => process.exit())
