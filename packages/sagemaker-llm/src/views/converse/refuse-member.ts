import { invalidRequest } from '../../contract/invalid-request.ts'
import { memberOf } from '../../formats/openai/openai-tools.ts'

/** The error for a member of a Converse request that cannot be granted. */
export function refuseMember(path: string, reason: string): Error {
  return invalidRequest(`${path}: ${reason}`)
}

/**
 * Refuses a union value whose member is none of those that can be granted, and one that has no member at all.
 *
 * @throws {SagemakerError} `invalid-request` that names the member with its path.
 */
export function refuseOtherMembers(union: object, granted: readonly string[], path: string, reason: string): void {
  const member = memberOf(union)
  if (!granted.includes(member)) throw refuseMember(`${path}.${member}`, reason)
}
