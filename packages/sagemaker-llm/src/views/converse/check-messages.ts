import type { ImageBlock, Message, ToolResultBlock } from '@x/bedrock-like-types'
import { refuseMember, refuseOtherMembers } from './refuse-member.ts'

const grantedBlocks = ['text', 'image', 'toolUse', 'toolResult', 'reasoningContent']
const grantedResults = ['text', 'json', 'image']
const containersCannot = 'a SageMaker container takes text, images, tool calls, tool results and reasoning'

/**
 * Looks for what no container can be sent.
 *
 * @throws {SagemakerError} `invalid-request` that names the member with its path, such as `messages[0].content[1].document`.
 */
export function checkMessages(messages: readonly Message[]): void {
  messages.forEach(({ content = [] }, messageIndex) => {
    content.forEach((block, blockIndex) => {
      const path = `messages[${messageIndex}].content[${blockIndex}]`
      refuseOtherMembers(block, grantedBlocks, path, containersCannot)
      if (block.image !== undefined) checkImage(block.image, `${path}.image`)
      if (block.toolResult !== undefined) checkToolResult(block.toolResult, `${path}.toolResult`)
    })
  })
}

function checkToolResult({ content = [] }: ToolResultBlock, path: string): void {
  content.forEach((piece, index) =>
    refuseOtherMembers(piece, grantedResults, `${path}.content[${index}]`, 'a tool result can be text or JSON'),
  )
}

function checkImage({ source }: ImageBlock, path: string): void {
  if (source?.s3Location !== undefined) {
    throw refuseMember(`${path}.source.s3Location`, 'a container cannot read from S3, send the bytes')
  }
}
