import {
  demoClassificationModel,
  demoEmbeddingModel,
  demoLanguageModel,
  demoRerankModel,
  type LocalEndpoint,
} from '@x/sagemaker-local'
import type { EndpointDescription } from '../protocol/setup.ts'
import { reasoningModel } from './reasoning-model.ts'
import { unicodeModel } from './unicode-model.ts'

/** As fast as a mid-sized model on one GPU, so that an answer can be watched. */
const tokensPerSecond = 60

interface DemoEndpoint {
  readonly model: LocalEndpoint
  readonly kind: EndpointDescription['kind']
  readonly handler?: string
  readonly completes?: boolean
}

const pauseMs = 1000 / tokensPerSecond

const demos: Readonly<Record<string, DemoEndpoint>> = {
  'demo-llm': { model: demoLanguageModel({ format: 'tgi', tokensPerSecond }), kind: 'text' },
  'demo-openai': { model: demoLanguageModel({ format: 'openai', tokensPerSecond }), kind: 'text', handler: 'openai' },
  'demo-reasoner': { model: reasoningModel(pauseMs), kind: 'text', completes: false },
  'demo-unicode': { model: unicodeModel(pauseMs), kind: 'text' },
  'demo-embed': { model: demoEmbeddingModel({ format: 'tei' }), kind: 'embedding' },
  'demo-rerank': { model: demoRerankModel({ format: 'tei' }), kind: 'rerank', handler: 'tei' },
  'demo-classify': {
    model: demoClassificationModel({ format: 'huggingface' }),
    kind: 'classification',
    handler: 'huggingface',
  },
}

/** What the local runtime of the playground serves, by name. */
export const demoEndpoints: Readonly<Record<string, LocalEndpoint>> = Object.fromEntries(
  Object.entries(demos).map(([name, { model }]) => [name, model]),
)

/** The same for the page. */
export const demoDescriptions: readonly EndpointDescription[] = Object.entries(demos).map(
  ([name, { model, kind, handler, completes }]) => ({
    source: 'local',
    name,
    kind,
    ...(handler !== undefined && { handler }),
    ...(completes !== undefined && { completes }),
    summary: model.description,
  }),
)
