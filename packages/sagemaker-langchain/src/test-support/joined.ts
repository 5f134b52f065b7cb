import type { AIMessageChunk } from '@langchain/core/messages'

/** The message that the chunks of a stream make. */
export async function joined(chunks: AsyncIterable<AIMessageChunk>): Promise<AIMessageChunk> {
  let message: AIMessageChunk | undefined
  for await (const chunk of chunks) message = message === undefined ? chunk : message.concat(chunk)
  if (message === undefined) throw new Error('The stream had no chunk.')
  return message
}
