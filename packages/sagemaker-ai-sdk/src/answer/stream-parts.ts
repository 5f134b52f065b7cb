import type { ModelPart, ModelResponseMetadata } from '@x/sagemaker-llm'
import { jsonToolName } from '../request/json-output.ts'
import type { SentRequest, StreamPart, ToolCallContent, Warning } from '../contract/stream-part.ts'
import { answerNames, finishReasonOf, providerMetadata, usageOf } from './answer-facts.ts'

type Part<Type extends ModelPart['type']> = Extract<ModelPart, { readonly type: Type }>

/** What is known about a call before its answer is read. */
export interface StreamPartsOptions {
  /** The warnings of the call, with those of the container's format. */
  readonly warnings: (ofFormat: Part<'start'>['warnings']) => Warning[]
  /** Whether the arguments of the tool `json` are the text of the answer. */
  readonly isJsonTool: boolean
}

/**
 * The parts of an answer as the AI SDK's. One part becomes one, except that a complete tool call becomes the end of its input and the
 * call.
 */
export class StreamParts {
  readonly #options: StreamPartsOptions
  /** Ids of the tool calls that are open, by their position; `undefined` for one that is the text of the answer. */
  readonly #calls = new Map<number, string | undefined>()
  /** Calls whose arguments are no JSON: whether they were cut off is known at the end of the answer only. */
  readonly #malformed: ToolCallContent[] = []
  #open: { readonly end: 'text-end' | 'reasoning-end'; readonly id: string } | undefined
  #request: SentRequest = {}
  #response: ModelResponseMetadata | undefined
  #answeredByJsonTool = false

  constructor(options: StreamPartsOptions) {
    this.#options = options
  }

  /** The request, once the first part was pushed. */
  get request(): SentRequest {
    return this.#request
  }

  /** Facts about the exchange, once the container has begun to answer. */
  get response(): ModelResponseMetadata | undefined {
    return this.#response
  }

  push(part: ModelPart): readonly StreamPart[] {
    switch (part.type) {
      case 'text-delta':
      case 'reasoning-delta':
        return [{ type: part.type, id: String(part.index), delta: part.text }]
      case 'tool-call-delta':
        return [this.#toolDelta(part)]
      case 'raw':
        return [{ type: 'raw', rawValue: part.value }]
      case 'text-start':
      case 'reasoning-start':
        this.#open = { end: part.type === 'text-start' ? 'text-end' : 'reasoning-end', id: String(part.index) }
        return [{ type: part.type, id: String(part.index) }]
      case 'text-end':
      case 'reasoning-end':
        this.#open = undefined
        return [{ type: part.type, id: String(part.index) }]
      case 'tool-call-start':
        return [this.#toolStart(part)]
      case 'tool-call-end':
        return this.#toolEnd(part)
      case 'start':
        this.#request = sentRequest(part.request)
        return [{ type: 'stream-start', warnings: this.#options.warnings(part.warnings) }]
      case 'response':
        this.#response = part.response
        return [{ type: 'response-metadata', ...answerNames(part, part.response) }]
      case 'finish':
        return this.#finish(part)
    }
  }

  flush(): readonly StreamPart[] {
    return []
  }

  /** The end of an answer that failed: what is open is closed, and nothing looks complete that is not. */
  failure(error: unknown): readonly StreamPart[] {
    const ends: StreamPart[] = this.#open === undefined ? [] : [{ type: this.#open.end, id: this.#open.id }]
    for (const [index, id] of this.#calls) {
      ends.push(id === undefined ? { type: 'text-end', id: String(index) } : { type: 'tool-input-end', id })
    }
    return [
      ...ends,
      { type: 'error', error },
      { type: 'finish', usage: usageOf(undefined), finishReason: { unified: 'error', raw: undefined } },
    ]
  }

  #toolStart({ index, id, name }: Part<'tool-call-start'>): StreamPart {
    if (this.#options.isJsonTool && name === jsonToolName) {
      this.#calls.set(index, undefined)
      return { type: 'text-start', id: String(index) }
    }
    this.#calls.set(index, id)
    return { type: 'tool-input-start', id, toolName: name }
  }

  #toolDelta({ index, input }: Part<'tool-call-delta'>): StreamPart {
    const id = this.#calls.get(index)
    if (id === undefined) return { type: 'text-delta', id: String(index), delta: input }
    return { type: 'tool-input-delta', id, delta: input }
  }

  #toolEnd({ index, id, name, inputText, malformed }: Part<'tool-call-end'>): readonly StreamPart[] {
    const isText = this.#calls.get(index) === undefined
    this.#calls.delete(index)
    if (isText) {
      this.#answeredByJsonTool = true
      return [{ type: 'text-end', id: String(index) }]
    }
    const call: ToolCallContent = { type: 'tool-call', toolCallId: id, toolName: name, input: inputText || '{}' }
    if (!malformed) return [{ type: 'tool-input-end', id }, call]
    this.#malformed.push(call)
    return [{ type: 'tool-input-end', id }]
  }

  #finish({ stopReason, rawStopReason, stopSequence, usage, response }: Part<'finish'>): readonly StreamPart[] {
    const finishReason = finishReasonOf(stopReason, rawStopReason)
    if (this.#answeredByJsonTool && finishReason.unified === 'tool-calls') finishReason.unified = 'stop'
    return [
      // The SDK reports a call that it cannot parse, and lets `repairToolCall` try. One that was cut off is none.
      ...(finishReason.unified === 'length' ? [] : this.#malformed),
      {
        type: 'finish',
        finishReason,
        usage: usageOf(usage),
        providerMetadata: providerMetadata(response, { stopReason, stopSequence }),
      },
    ]
  }
}

/** The body is parsed when it is first read. */
function sentRequest(request: Part<'start'>['request']): SentRequest {
  let parsed: { readonly body: unknown } | undefined
  return {
    get body(): unknown {
      parsed ??= { body: parsedBody(request.body) }
      return parsed.body
    },
  }
}

/** A body that a content handler writes in another format than JSON stays text. */
export function parsedBody(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}
