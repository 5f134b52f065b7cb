import type { ChatChunk, ConverseStreamOutput, ConverseStreamRequest } from '@x/bedrock-like-types'
import type { Decoder } from '@x/stream-core'
import { additionalResponseFields } from './additional-response-fields.ts'
import { ContentBlocks } from './content-blocks.ts'

/**
 * Turns the fragments of a chat into Bedrock's events, in Bedrock's order: `messageStart`, the content blocks one after
 * the other, `messageStop`, `metadata`.
 */
export class ConverseEventDecoder implements Decoder<ChatChunk, ConverseStreamOutput> {
  readonly #responsePaths: readonly string[] | undefined
  readonly #blocks = new ContentBlocks()
  readonly #startedAt: number
  #started = false
  #last: ChatChunk | undefined

  /** @param startedAt when the call began, by `performance.now()` */
  constructor({ additionalModelResponseFieldPaths }: ConverseStreamRequest, startedAt: number) {
    this.#responsePaths = additionalModelResponseFieldPaths
    this.#startedAt = startedAt
  }

  push(chunk: ChatChunk): readonly ConverseStreamOutput[] {
    this.#last = chunk
    return [...this.#start(), ...this.#blocks.push(chunk)]
  }

  flush(): readonly ConverseStreamOutput[] {
    const { stopReason = 'end_turn', usage, raw } = this.#last ?? {}
    const fields = additionalResponseFields(raw, this.#responsePaths)
    return [
      ...this.#start(),
      ...this.#blocks.end(),
      { messageStop: { stopReason, ...(fields === undefined ? {} : { additionalModelResponseFields: fields }) } },
      { metadata: { usage, metrics: { latencyMs: Math.round(performance.now() - this.#startedAt) } } },
    ]
  }

  #start(): readonly ConverseStreamOutput[] {
    if (this.#started) return []
    this.#started = true
    return [{ messageStart: { role: 'assistant' } }]
  }
}
