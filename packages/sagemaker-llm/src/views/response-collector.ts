import type { ChatResponse, OutputContentBlock, ToolCall } from '@x/bedrock-like-types'
import { SagemakerError } from '@x/sagemaker-endpoint'
import { parseToolInput } from '../contract/json-text.ts'
import type { SpinePart } from '../parts/spine-part.ts'

interface CollectedCall {
  readonly id: string
  readonly name: string
  inputText: string
}

/** The parts of an answer as the whole answer. */
export class ResponseCollector {
  readonly #toolCalls = new Map<number, CollectedCall>()
  readonly #raw: unknown[] = []
  #text = ''
  #reasoning = ''
  #response: Extract<SpinePart, { readonly type: 'response' }> | undefined
  #finish: Extract<SpinePart, { readonly type: 'finish' }> | undefined

  /** The text so far. */
  get text(): string {
    return this.#text
  }

  /** The reasoning so far; `undefined` if there is none. */
  get reasoning(): string | undefined {
    return this.#reasoning === '' ? undefined : this.#reasoning
  }

  /** The tool calls so far. Arguments that are not JSON are in `input` as text. */
  get toolCalls(): readonly ToolCall[] {
    return [...this.#toolCalls.values()].map(({ id, name, inputText }) => ({
      id,
      name,
      input: parseToolInput(inputText).input ?? inputText,
      inputText,
    }))
  }

  /** The values of the wire so far. */
  get raw(): readonly unknown[] {
    return this.#raw
  }

  /** How the answer ended; `undefined` while it has not. */
  get finish(): Extract<SpinePart, { readonly type: 'finish' }> | undefined {
    return this.#finish
  }

  push(part: SpinePart): void {
    switch (part.type) {
      case 'text-delta':
        this.#text += part.text
        break
      case 'reasoning-delta':
        this.#reasoning += part.text
        break
      case 'tool-call-start':
        this.#toolCalls.set(part.index, { id: part.id, name: part.name, inputText: '' })
        break
      case 'tool-call-delta': {
        const call = this.#toolCalls.get(part.index)
        if (call !== undefined) call.inputText += part.input
        break
      }
      case 'raw':
        // One value can make several chunks.
        if (part.value !== this.#raw.at(-1)) this.#raw.push(part.value)
        break
      case 'response':
        this.#response = part
        break
      case 'finish':
        this.#finish = part
        break
      default:
    }
  }

  /**
   * The whole answer.
   *
   * @param raw - The container's own answer. Default: the list of its values.
   * @throws {SagemakerError} `stream-interrupted` if no part has said how the answer ended.
   */
  response(raw: unknown = this.#raw): ChatResponse {
    const { text, reasoning, toolCalls } = this
    if (this.#finish === undefined) {
      const partial = { text, reasoning: this.#reasoning, toolCalls, bytesReceived: 0 }
      throw new SagemakerError('stream-interrupted', 'the stream of chunks ended before its last one', { partial })
    }
    const { stopReason, rawStopReason, stopSequence, usage, response } = this.#finish
    const { id, modelName, createdAt } = this.#response ?? {}
    const content: OutputContentBlock[] = []
    if (reasoning !== undefined) content.push({ reasoningContent: { reasoningText: { text: reasoning } } })
    if (text !== '') content.push({ text })
    for (const { id, name, input } of toolCalls) content.push({ toolUse: { toolUseId: id, name, input } })
    return {
      message: { role: 'assistant', content },
      text,
      ...(reasoning === undefined ? {} : { reasoning }),
      toolCalls,
      stopReason,
      rawStopReason,
      ...(stopSequence === undefined ? {} : { stopSequence }),
      usage,
      raw,
      response,
      ...(id === undefined ? {} : { id }),
      ...(modelName === undefined ? {} : { modelName }),
      ...(createdAt === undefined ? {} : { createdAt }),
    }
  }
}
