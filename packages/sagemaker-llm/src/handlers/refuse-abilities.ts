import { invalidRequest } from './invalid-request.ts'
import type { ModelCall } from './model-call.ts'

/** What only some containers can do. */
export interface Abilities {
  readonly tools?: boolean | undefined
  readonly images?: boolean | undefined
  readonly json?: boolean | undefined
}

/**
 * Refuses a call that asks for something the container cannot do.
 *
 * @throws {SagemakerError} `invalid-request` that names the handler and the option or content block.
 */
export function refuseAbilities(call: ModelCall, handlerName: string, abilities: Abilities = {}): void {
  if (!abilities.tools && call.tools?.length) throw invalidRequest(`tools: ${handlerName} has no tools`)
  if (!abilities.json && call.responseFormat?.type === 'json') {
    throw invalidRequest(`responseFormat: ${handlerName} cannot be held to JSON`)
  }
  for (const message of call.messages ?? []) {
    for (const block of message.content) {
      if (!abilities.images && block.image !== undefined) throw invalidRequest(`image: ${handlerName} takes no images`)
      const isToolBlock = block.toolUse !== undefined || block.toolResult !== undefined
      if (!abilities.tools && isToolBlock) throw invalidRequest(`toolUse, toolResult: ${handlerName} has no tools`)
    }
  }
}
