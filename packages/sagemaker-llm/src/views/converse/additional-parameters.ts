import type { InputDocument } from '@x/bedrock-like-types'
import { refuseMember } from './refuse-member.ts'

/**
 * The container's own parameters of a Converse request.
 *
 * @throws {SagemakerError} `invalid-request` for anything but an object.
 */
export function additionalParameters(fields: InputDocument | undefined): Readonly<Record<string, unknown>> | undefined {
  if (fields === undefined || fields === null) return undefined
  if (typeof fields !== 'object' || Array.isArray(fields)) {
    throw refuseMember('additionalModelRequestFields', 'has to be an object')
  }
  return { ...fields }
}
