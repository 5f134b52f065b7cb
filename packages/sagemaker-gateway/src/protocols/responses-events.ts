import type { ModelPart } from '@x/bedrock-like-types'
import type { ClientError } from '../errors/client-error.ts'
import type { EventWriter } from '../events/event-writer.ts'
import {
  callItem,
  incompleteReason,
  itemId,
  messageItem,
  reasoningItem,
  type ResponseIdentity,
  type ResponseItem,
  responseObject,
  type ResponseState,
  textPart,
} from './responses-output.ts'

/** An item of the output. */
interface WrittenItem {
  readonly id: string
  readonly outputIndex: number
  text: string
}

/**
 * The stream of a response: every event has a name and a number. It ends with `response.completed`, `response.incomplete` or
 * `response.failed`, without which clients connect again; there is no `[DONE]`.
 *
 * Source: openai/openai-openapi, `ResponseStreamEvent`.
 */
export class ResponsesEvents implements EventWriter<ModelPart> {
  readonly comment: string = ': ping\n\n'
  readonly #identity: ResponseIdentity
  readonly #items = new Map<number, WrittenItem>()
  readonly #output: ResponseItem[] = []
  #sequenceNumber = 0
  #isCreated = false

  constructor(identity: ResponseIdentity) {
    this.#identity = identity
  }

  push(part: ModelPart): string {
    if (part.type === 'start' || part.type === 'raw') return ''
    return this.#created() + this.#eventsOf(part)
  }

  end(): string {
    return ''
  }

  fail({ openaiCode, message }: ClientError): string {
    return (
      this.#created() +
      this.#final({ status: 'failed', output: this.#completed(), error: { code: openaiCode, message } })
    )
  }

  #eventsOf(part: Exclude<ModelPart, { type: 'start' | 'raw' }>): string {
    switch (part.type) {
      case 'response':
        return ''
      case 'text-start': {
        const { id, outputIndex } = this.#begin(part.index, itemId('msg'))
        const at = { item_id: id, output_index: outputIndex, content_index: 0 }
        return (
          this.#event('output_item.added', { output_index: outputIndex, item: messageItem(id, '', 'in_progress') }) +
          this.#event('content_part.added', { ...at, part: textPart('') })
        )
      }
      case 'text-delta':
        return this.#delta(part.index, 'output_text.delta', part.text, { content_index: 0, logprobs: [] })
      case 'text-end': {
        const { id, outputIndex, text } = this.#finish(part.index)
        const at = { item_id: id, output_index: outputIndex, content_index: 0 }
        return (
          this.#event('output_text.done', { ...at, text, logprobs: [] }) +
          this.#event('content_part.done', { ...at, part: textPart(text) }) +
          this.#done(outputIndex, messageItem(id, text))
        )
      }
      case 'reasoning-start': {
        const { id, outputIndex } = this.#begin(part.index, itemId('rs'))
        return this.#event('output_item.added', { output_index: outputIndex, item: reasoningItem(id, undefined) })
      }
      case 'reasoning-delta':
        return this.#delta(part.index, 'reasoning_text.delta', part.text, { content_index: 0 })
      case 'reasoning-end': {
        const { id, outputIndex, text } = this.#finish(part.index)
        const at = { item_id: id, output_index: outputIndex, content_index: 0 }
        return this.#event('reasoning_text.done', { ...at, text }) + this.#done(outputIndex, reasoningItem(id, text))
      }
      case 'tool-call-start': {
        const { id, outputIndex } = this.#begin(part.index, itemId('fc'))
        return this.#event('output_item.added', { output_index: outputIndex, item: callItem(id, part, undefined) })
      }
      case 'tool-call-delta':
        return this.#delta(part.index, 'function_call_arguments.delta', part.input, {})
      case 'tool-call-end': {
        const { id, outputIndex } = this.#finish(part.index)
        const text = part.inputText || '{}'
        const at = { item_id: id, output_index: outputIndex, name: part.name }
        return (
          this.#event('function_call_arguments.done', { ...at, arguments: text }) +
          this.#done(outputIndex, callItem(id, part, text))
        )
      }
      case 'finish': {
        const { stopReason, usage } = part
        const status = incompleteReason(stopReason) === undefined ? 'completed' : 'incomplete'
        return this.#final({ status, output: this.#completed(), usage, stopReason })
      }
    }
  }

  #created(): string {
    if (this.#isCreated) return ''
    this.#isCreated = true
    const response = responseObject(this.#identity, { status: 'in_progress', output: [] })
    return this.#event('created', { response }) + this.#event('in_progress', { response })
  }

  #begin(index: number, id: string): WrittenItem {
    const item: WrittenItem = { id, outputIndex: this.#items.size, text: '' }
    this.#items.set(index, item)
    return item
  }

  #delta(index: number, type: string, delta: string, more: object): string {
    const item = this.#items.get(index)
    if (item === undefined) return ''
    item.text += delta
    return this.#event(type, { item_id: item.id, output_index: item.outputIndex, ...more, delta })
  }

  /** Items stay known after their end, so that their number is the index of the next. */
  #finish(index: number): WrittenItem {
    return this.#items.get(index) ?? this.#begin(index, itemId('msg'))
  }

  #done(outputIndex: number, item: ResponseItem): string {
    this.#output[outputIndex] = item
    return this.#event('output_item.done', { output_index: outputIndex, item })
  }

  /** Items that are complete; calls in parallel may end in another order than they began in. */
  #completed(): readonly ResponseItem[] {
    return this.#output.filter((item) => item !== undefined)
  }

  #final(state: ResponseState): string {
    return this.#event(state.status, { response: responseObject(this.#identity, state) })
  }

  #event(name: string, members: object): string {
    const type = `response.${name}`
    const data = { type, sequence_number: this.#sequenceNumber++, ...members }
    return `event: ${type}\ndata: ${JSON.stringify(data)}\n\n`
  }
}
