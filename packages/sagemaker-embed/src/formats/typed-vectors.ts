import type { EmbeddingCall } from '../contract/embedding-content-handler.ts'
import { AnswerError } from './answer-error.ts'
import { nestedVectors } from './nested-vectors.ts'

/** Best first. Packed bits are not here: their bytes are no coordinates. */
const READABLE_TYPES = ['float', 'base64', 'int8', 'uint8']

/**
 * Reads vectors that come by number type (`{ float: [[f]], int8: [[f]] }`), in the most precise type there is.
 *
 * @throws {AnswerError} when no type is there that can be read.
 */
export function typedVectors(byType: Readonly<Record<string, unknown>>, call: EmbeddingCall): Float32Array[] {
  const type = READABLE_TYPES.find((name) => byType[name] !== undefined)
  if (type !== undefined) return nestedVectors(byType[type], call)
  throw new AnswerError(`expected one of the types ${READABLE_TYPES.join(', ')}, got ${Object.keys(byType).join(', ')}`)
}
