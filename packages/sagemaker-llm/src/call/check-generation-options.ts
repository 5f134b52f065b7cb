import type { GenerationOptions } from '@x/bedrock-like-types'
import { invalidRequest } from '../contract/invalid-request.ts'

/**
 * Refuses values that no container understands, before they are sent: JSON has no NaN, and an empty stop string would end
 * every answer before its first character.
 *
 * @throws {SagemakerError} `invalid-request` that names the option.
 */
export function checkGenerationOptions(options: GenerationOptions): void {
  const { temperature, maxNewTokens, topP, topK, seed, stopSequences, tools, toolChoice } = options
  requireNumber('temperature', temperature, (value) => value >= 0, 'a number from 0')
  requireNumber('maxNewTokens', maxNewTokens, (value) => Number.isInteger(value) && value > 0, 'a whole number from 1')
  requireNumber('topP', topP, (value) => value >= 0 && value <= 1, 'a number from 0 to 1')
  requireNumber('topK', topK, Number.isInteger, 'a whole number')
  requireNumber('seed', seed, Number.isInteger, 'a whole number')
  if (stopSequences?.includes('')) throw invalidRequest('stopSequences: an empty stop sequence ends every answer')
  if (toolChoice !== undefined && !tools?.length) throw invalidRequest('toolChoice: there are no tools to choose from')
}

function requireNumber(
  name: string,
  value: number | undefined,
  isAllowed: (value: number) => boolean,
  allowed: string,
): void {
  if (value === undefined) return
  if (!Number.isFinite(value) || !isAllowed(value)) throw invalidRequest(`${name}: ${String(value)} is not ${allowed}`)
}
