import { SagemakerError } from '@x/sagemaker-endpoint'
import type { Warning } from '../contract/stream-part.ts'
import type { LanguageRequest } from './language-request.ts'

/** Whether the format of the container has refused to hold the model to JSON, before anything was sent. */
export function isJsonRefusal(thrown: unknown): boolean {
  return SagemakerError.is(thrown) && thrown.code === 'invalid-request' && thrown.path === 'responseFormat'
}

/** The same request for free text, with a warning. */
export function withoutJson(request: LanguageRequest): LanguageRequest {
  const { responseFormat: _, ...options } = request.options
  const details = 'JSON was not asked for: the format of the container has no way to do so; see the setting jsonOutput'
  const warning: Warning = { type: 'unsupported', feature: 'responseFormat', details }
  return { ...request, options, warnings: [...request.warnings, warning] }
}
