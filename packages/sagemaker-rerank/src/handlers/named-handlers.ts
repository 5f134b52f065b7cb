import { SagemakerError } from '@x/sagemaker-endpoint'
import type { ClassificationContentHandler } from '../contract/classification-content-handler.ts'
import type { RerankContentHandler } from '../contract/rerank-content-handler.ts'
import { autoClassification } from './auto-classification.ts'
import { autoRerank } from './auto-rerank.ts'
import { cohereRerank } from './cohere-rerank.ts'
import { djlRerank } from './djl-rerank.ts'
import { huggingfaceClassification } from './huggingface-classification.ts'
import { huggingfaceRerank } from './huggingface-rerank.ts'
import { jinaRerank } from './jina-rerank.ts'
import { jumpstartClassification } from './jumpstart-classification.ts'
import { nimRerank } from './nim-rerank.ts'
import { teiClassification } from './tei-classification.ts'
import { teiRerank } from './tei-rerank.ts'
import { textPairsRerank } from './text-pairs-rerank.ts'
import { vllmClassification } from './vllm-classification.ts'
import { vllmRerank } from './vllm-rerank.ts'

/**
 * Name of a handler of rerankers: that of its function without `Rerank`.
 *
 * @public
 */
export type RerankHandlerName =
  | 'auto'
  | 'cohere'
  | 'djl'
  | 'huggingface'
  | 'jina'
  | 'nim'
  | 'tei'
  | 'textPairs'
  | 'vllm'

/**
 * Name of a handler of classifiers: that of its function without `Classification`.
 *
 * @public
 */
export type ClassificationHandlerName = 'auto' | 'huggingface' | 'jumpstart' | 'tei' | 'vllm'

type Factories<Name extends string, Handler> = Readonly<Record<Name, () => Handler>>

const rerankFactories: Factories<RerankHandlerName, RerankContentHandler> = {
  auto: autoRerank,
  cohere: cohereRerank,
  djl: djlRerank,
  huggingface: huggingfaceRerank,
  jina: jinaRerank,
  nim: nimRerank,
  tei: teiRerank,
  textPairs: textPairsRerank,
  vllm: vllmRerank,
}

const classificationFactories: Factories<ClassificationHandlerName, ClassificationContentHandler> = {
  auto: autoClassification,
  huggingface: huggingfaceClassification,
  jumpstart: jumpstartClassification,
  tei: teiClassification,
  vllm: vllmClassification,
}

/**
 * Creates a handler of rerankers by its name, for configurations and command lines: the name of its factory without `Rerank`, such as
 * `'tei'`.
 *
 * @throws {SagemakerError} `invalid-request` for an unknown name; the message lists the known ones
 *
 * @public
 */
export async function namedRerankHandler(name: string): Promise<RerankContentHandler> {
  return factoryOf(rerankFactories, name, 'rerank')()
}

/**
 * Creates a handler of classifiers by its name, for configurations and command lines: the name of its factory without
 * `Classification`, such as `'tei'`.
 *
 * @throws {SagemakerError} `invalid-request` for an unknown name; the message lists the known ones
 *
 * @public
 */
export async function namedClassificationHandler(name: string): Promise<ClassificationContentHandler> {
  return factoryOf(classificationFactories, name, 'classification')()
}

function factoryOf<Handler>(factories: Factories<string, Handler>, name: string, kind: string): () => Handler {
  const factory = Object.hasOwn(factories, name) ? factories[name] : undefined
  if (factory !== undefined) return factory
  const known = Object.keys(factories).join(', ')
  throw new SagemakerError('invalid-request', `${JSON.stringify(name)} is not a ${kind} handler. Known: ${known}.`)
}
