import { SagemakerError } from '@x/sagemaker-endpoint'
import type { ClassificationContentHandler } from '../contract/classification-content-handler.ts'
import type { RerankContentHandler } from '../contract/rerank-content-handler.ts'

type Loaders<Handler> = Readonly<Record<string, () => Promise<Handler>>>

const rerankLoaders: Loaders<RerankContentHandler> = {
  auto: async () => (await import('./auto-rerank.ts')).autoRerank(),
  cohere: async () => (await import('./cohere-rerank.ts')).cohereRerank(),
  djl: async () => (await import('./djl-rerank.ts')).djlRerank(),
  huggingface: async () => (await import('./huggingface-rerank.ts')).huggingfaceRerank(),
  jina: async () => (await import('./jina-rerank.ts')).jinaRerank(),
  nim: async () => (await import('./nim-rerank.ts')).nimRerank(),
  tei: async () => (await import('./tei-rerank.ts')).teiRerank(),
  textPairs: async () => (await import('./text-pairs-rerank.ts')).textPairsRerank(),
  vllm: async () => (await import('./vllm-rerank.ts')).vllmRerank(),
}

const classificationLoaders: Loaders<ClassificationContentHandler> = {
  auto: async () => (await import('./auto-classification.ts')).autoClassification(),
  huggingface: async () => (await import('./huggingface-classification.ts')).huggingfaceClassification(),
  jumpstart: async () => (await import('./jumpstart-classification.ts')).jumpstartClassification(),
  tei: async () => (await import('./tei-classification.ts')).teiClassification(),
  vllm: async () => (await import('./vllm-classification.ts')).vllmClassification(),
}

/**
 * Loads a handler of rerankers by its name, for configurations and command lines: the name of its factory without `Rerank`, such as
 * `'tei'`.
 *
 * @throws {SagemakerError} `invalid-request` for an unknown name; the message lists the known ones
 *
 * @public
 */
export function namedRerankHandler(name: string): Promise<RerankContentHandler> {
  return load(rerankLoaders, name, 'rerank')
}

/**
 * Loads a handler of classifiers by its name, for configurations and command lines: the name of its factory without `Classification`,
 * such as `'tei'`.
 *
 * @throws {SagemakerError} `invalid-request` for an unknown name; the message lists the known ones
 *
 * @public
 */
export function namedClassificationHandler(name: string): Promise<ClassificationContentHandler> {
  return load(classificationLoaders, name, 'classification')
}

async function load<Handler>(loaders: Loaders<Handler>, name: string, kind: string): Promise<Handler> {
  const loader = Object.hasOwn(loaders, name) ? loaders[name] : undefined
  if (loader !== undefined) return loader()
  const known = Object.keys(loaders).join(', ')
  throw new SagemakerError('invalid-request', `${JSON.stringify(name)} is no ${kind} handler. Known: ${known}.`)
}
