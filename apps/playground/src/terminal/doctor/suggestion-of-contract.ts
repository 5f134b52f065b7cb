import { suggestedCode, type ModelKind, type SuggestedConnection, type Suggestion } from '@x/sagemaker-discovery'
import type { Contract } from './contract.ts'

const packages: Readonly<Record<ModelKind, Suggestion['package']>> = {
  language: '@x/sagemaker-llm',
  embedding: '@x/sagemaker-embed',
  rerank: '@x/sagemaker-rerank',
  classification: '@x/sagemaker-rerank',
}

/** Returns a suggestion for a format that was identified by a call. */
export function suggestionOfContract(
  { call, handler, handlerOptions = {}, kind, name, options = {} }: Contract,
  connection: SuggestedConnection,
  routing: Readonly<Record<string, unknown>>,
): Suggestion {
  const suggestion = {
    kind,
    package: packages[kind],
    handler,
    handlerOptions,
    options: { ...options, ...routing },
    call,
  }
  return { ...suggestion, code: suggestedCode(suggestion, connection), why: `The container speaks ${name}.` }
}
