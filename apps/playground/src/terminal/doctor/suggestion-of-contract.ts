import { suggestedCode } from '@x/sagemaker-discovery'
import type { SuggestedConnection, Suggestion } from '@x/sagemaker-discovery'
import type { Contract } from './contract.ts'

/** Returns a suggestion for a format that was identified by a call. */
export function suggestionOfContract(
  { call, handler, handlerOptions = {}, kind, name, options = {} }: Contract,
  connection: SuggestedConnection,
  routing: Readonly<Record<string, unknown>>,
): Suggestion {
  const suggestion = {
    kind,
    package: kind === 'embedding' ? ('@x/sagemaker-embed' as const) : ('@x/sagemaker-llm' as const),
    handler,
    handlerOptions,
    options: { ...options, ...routing },
    call,
  }
  return { ...suggestion, code: suggestedCode(suggestion, connection), why: `The container speaks ${name}.` }
}
