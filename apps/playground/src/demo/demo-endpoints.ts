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
  readonly summary: string
}

/** Nobody should take its answers for what the client does. */
const toy = 'Toy model: it repeats and mixes sentences of a short book about the sea, the kitchen and the town'

const pauseMs = 1000 / tokensPerSecond

const demos: Readonly<Record<string, DemoEndpoint>> = {
  'demo-llm': {
    model: demoLanguageModel({ format: 'tgi', tokensPerSecond }),
    kind: 'text',
    summary: `${toy}. Format of TGI.`,
  },
  'demo-openai': {
    model: demoLanguageModel({ format: 'openai', tokensPerSecond }),
    kind: 'text',
    handler: 'openai',
    summary: `${toy}. Format of vLLM.`,
  },
  'demo-reasoner': {
    model: reasoningModel(pauseMs),
    kind: 'text',
    completes: false,
    summary: 'A script, not a model: shows how reasoning and tool calls arrive. Format of vLLM.',
  },
  'demo-unicode': {
    model: unicodeModel(pauseMs),
    kind: 'text',
    summary: 'A script, not a model: always answers with the same text in many alphabets. Format of vLLM.',
  },
  'demo-embed': {
    model: demoEmbeddingModel({ format: 'tei' }),
    kind: 'embedding',
    summary: 'Toy model: finds texts that are spelled alike, not texts that mean the same. Format of TEI.',
  },
  'demo-embed-small': {
    model: demoEmbeddingModel({ format: 'cohere', dimensions: 256 }),
    kind: 'embedding',
    handler: 'cohere',
    summary: 'The same toy model: also as integers and bits. Format of Cohere.',
  },
  'demo-embed-sparse': {
    model: demoEmbeddingModel({ format: 'tei-sparse' }),
    kind: 'embedding',
    handler: 'tei',
    summary: 'Toy model of weights of words: choose sparse vectors. Format of TEI with SPLADE.',
  },
  'demo-rerank': {
    model: demoRerankModel({ format: 'tei' }),
    kind: 'rerank',
    handler: 'tei',
    summary: 'Toy model: ranks texts by the words that they share with the query. Format of TEI.',
  },
  'demo-classify': {
    model: demoClassificationModel({ format: 'huggingface' }),
    kind: 'classification',
    handler: 'huggingface',
    summary: 'Toy model: labels texts by single words. Format of Hugging Face.',
  },
}

/** What the local runtime of the playground serves, by name. */
export const demoEndpoints: Readonly<Record<string, LocalEndpoint>> = Object.fromEntries(
  Object.entries(demos).map(([name, { model }]) => [name, model]),
)

/** The same for the page. */
export const demoDescriptions: readonly EndpointDescription[] = Object.entries(demos).map(
  ([name, { kind, handler, completes, summary }]) => ({
    source: 'local',
    name,
    kind,
    ...(handler !== undefined && { handler }),
    ...(completes !== undefined && { completes }),
    summary,
  }),
)
