import type { ChatMessage, SystemContentBlock } from '@x/bedrock-like-types'
import { refuseOtherMembers } from './refuse-member.ts'

/**
 * The system prompt as the first message; none if there is none.
 *
 * @throws {SagemakerError} `invalid-request` that names a member which is not text.
 */
export function systemMessage(system: readonly SystemContentBlock[] = []): readonly ChatMessage[] {
  const texts = system.flatMap((block, index) => {
    refuseOtherMembers(block, ['text'], `system[${index}]`, 'a system prompt for a SageMaker container is text')
    return block.text ?? []
  })
  return texts.length === 0 ? [] : [{ role: 'system', content: texts.map((text) => ({ text })) }]
}
