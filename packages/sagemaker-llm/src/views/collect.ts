import type {
  ChatChunk,
  ChatResponse,
  CompletionChunk,
  CompletionResponse,
  OutputContentBlock,
} from '@x/bedrock-like-types'
import { SagemakerError } from '@x/sagemaker-endpoint'
import { ToolCallAssembler } from '../contract/tool-calls.ts'

/** Puts the fragments of an answer together. */
export class ResponseCollector {
  readonly #toolCalls = new ToolCallAssembler()
  readonly #raw: unknown[] = []
  #text = ''
  #reasoning = ''
  #last: ChatChunk | undefined

  push(chunk: ChatChunk): void {
    this.#text += chunk.delta
    this.#reasoning += chunk.reasoningDelta ?? ''
    if (chunk.toolCallDelta !== undefined) this.#toolCalls.push({ ...chunk.toolCallDelta, type: 'tool-call' })
    // One value can make several fragments.
    if (chunk.raw !== undefined && chunk.raw !== this.#raw.at(-1)) this.#raw.push(chunk.raw)
    this.#last = chunk
  }

  /**
   * @param raw - The container's own answer. Default: the list of the values that the fragments came from.
   * @throws {SagemakerError} `stream-interrupted` if no fragment has told how the answer ended.
   */
  finish(raw: unknown = this.#raw): ChatResponse {
    const { toolCalls } = this.#toolCalls.finish()
    const text = this.#text
    const reasoning = this.#reasoning
    const { stopReason, rawStopReason, usage, response } = this.#last ?? {}
    if (stopReason === undefined || response === undefined) {
      const partial = { text, reasoning, toolCalls, bytesReceived: 0 }
      throw new SagemakerError('stream-interrupted', 'the stream of fragments ended before its last one', { partial })
    }
    const content: OutputContentBlock[] = []
    if (reasoning !== '') content.push({ reasoningContent: { reasoningText: { text: reasoning } } })
    if (text !== '') content.push({ text })
    for (const { id, name, input } of toolCalls) content.push({ toolUse: { toolUseId: id, name, input } })
    return {
      message: { role: 'assistant', content },
      text,
      ...(reasoning === '' ? {} : { reasoning }),
      toolCalls,
      stopReason,
      rawStopReason,
      usage,
      raw,
      response,
    }
  }
}

/** Reads the chunks of a chat to their end and puts the whole answer together. */
export async function collect(stream: AsyncIterable<ChatChunk>): Promise<ChatResponse>
/** Reads the chunks of a completion to their end and puts the whole answer together. */
export async function collect(stream: AsyncIterable<CompletionChunk>): Promise<CompletionResponse>
export async function collect(stream: AsyncIterable<ChatChunk>): Promise<ChatResponse> {
  const collector = new ResponseCollector()
  for await (const chunk of stream) collector.push(chunk)
  return collector.finish()
}
