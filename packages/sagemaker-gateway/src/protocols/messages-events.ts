import type { ModelPart } from '@x/bedrock-like-types'
import { anthropicError } from '../errors/anthropic-error.ts'
import type { ClientError } from '../errors/client-error.ts'
import type { EventWriter } from '../events/event-writer.ts'
import { type MessageIdentity, messageUsage, stopMembers } from './messages-output.ts'

interface HeldBlock {
  events: string
  isEnded: boolean
}

const endings: ReadonlySet<ModelPart['type']> = new Set(['text-end', 'reasoning-end', 'tool-call-end'])

/**
 * The stream of a message: blocks with their index, between `message_start` and `message_stop`. One block ends before the next begins:
 * of calls that a model writes in parallel, the later ones are held back.
 *
 * Source: docs.anthropic.com/en/api/messages-streaming.
 */
export class MessagesEvents implements EventWriter<ModelPart> {
  readonly comment: string = event('ping', {})
  readonly #identity: MessageIdentity
  /** Events of the blocks that have begun, by index; the first one is being written. */
  readonly #blocks = new Map<number, HeldBlock>()
  #isStarted = false

  constructor(identity: MessageIdentity) {
    this.#identity = identity
  }

  push(part: ModelPart): string {
    if (part.type === 'start' || part.type === 'raw') return ''
    return (
      this.#started() +
      ('index' in part ? this.#inOrder(part.index, eventsOf(part), endings.has(part.type)) : eventsOf(part))
    )
  }

  end(): string {
    return ''
  }

  fail(error: ClientError): string {
    return `event: error\ndata: ${JSON.stringify(anthropicError(error))}\n\n`
  }

  #inOrder(index: number, events: string, isEnd: boolean): string {
    const block = this.#blocks.get(index) ?? { events: '', isEnded: false }
    this.#blocks.set(index, block)
    block.events += events
    block.isEnded = isEnd
    let text = ''
    for (const [first, { events: held, isEnded }] of this.#blocks) {
      text += held
      if (!isEnded) {
        this.#blocks.set(first, { events: '', isEnded })
        break
      }
      this.#blocks.delete(first)
    }
    return text
  }

  #started(): string {
    if (this.#isStarted) return ''
    this.#isStarted = true
    const { id, model } = this.#identity
    const head = { id, type: 'message', role: 'assistant', model, content: [], stop_reason: null, stop_sequence: null }
    return event('message_start', { message: { ...head, usage: messageUsage(undefined) } })
  }
}

function eventsOf(part: Exclude<ModelPart, { type: 'start' | 'raw' }>): string {
  switch (part.type) {
    case 'response':
      return ''
    case 'text-start':
      return event('content_block_start', { index: part.index, content_block: { type: 'text', text: '' } })
    case 'reasoning-start': {
      const block = { type: 'thinking', thinking: '', signature: '' }
      return event('content_block_start', { index: part.index, content_block: block })
    }
    case 'tool-call-start': {
      const block = { type: 'tool_use', id: part.id, name: part.name, input: {} }
      return event('content_block_start', { index: part.index, content_block: block })
    }
    case 'text-delta':
      return event('content_block_delta', { index: part.index, delta: { type: 'text_delta', text: part.text } })
    case 'reasoning-delta':
      return event('content_block_delta', { index: part.index, delta: { type: 'thinking_delta', thinking: part.text } })
    case 'tool-call-delta': {
      const delta = { type: 'input_json_delta', partial_json: part.input }
      return event('content_block_delta', { index: part.index, delta })
    }
    case 'text-end':
    case 'reasoning-end':
    case 'tool-call-end':
      return event('content_block_stop', { index: part.index })
    case 'finish':
      return (
        event('message_delta', { delta: stopMembers(part), usage: messageUsage(part.usage) }) +
        event('message_stop', {})
      )
  }
}

function event(type: string, members: object): string {
  return `event: ${type}\ndata: ${JSON.stringify({ type, ...members })}\n\n`
}
