import { invalidRequest } from './invalid-request.ts'
import type { ModelCall } from './model-call.ts'

/** What only some of the containers with their own formats can do. */
export interface Abilities {
  /**
   * Tools, and messages with their calls and results.
   *
   * @defaultValue no
   */
  readonly tools?: boolean | undefined
}

/**
 * Refuses a call that asks for what a container of text alone cannot do: JSON, images and, unless it can, tools.
 *
 * @throws {SagemakerError} `invalid-request` that names the handler and the option or content block.
 */
export function refuseAbilities(call: ModelCall, handlerName: string, { tools = false }: Abilities = {}): void {
  if (!tools && call.tools?.length) throw invalidRequest(`tools: ${handlerName} has no tools`, 'tools')
  if (call.responseFormat?.type === 'json') {
    throw invalidRequest(`responseFormat: ${handlerName} cannot be held to JSON`, 'responseFormat')
  }
  for (const { content } of call.messages ?? []) {
    for (const block of content) {
      if (block.image !== undefined) throw invalidRequest(`image: ${handlerName} takes no images`)
      const isToolBlock = block.toolUse !== undefined || block.toolResult !== undefined
      if (!tools && isToolBlock) throw invalidRequest(`toolUse, toolResult: ${handlerName} has no tools`)
    }
  }
}
