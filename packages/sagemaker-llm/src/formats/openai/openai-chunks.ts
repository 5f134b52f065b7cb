import type { ModelPart } from '@x/bedrock-like-types'
import type { JsonObject } from '@x/sagemaker-endpoint/model-kit'
import { joinedLogprobs, openaiLogprobs } from './openai-logprobs.ts'
import { joinedMembers, openaiMembers, type OpenAIMembers, openaiUsageMembers } from './openai-members.ts'
import { openaiFinishReason, type OpenAIIdentity, openaiUsageOf } from './openai-output.ts'

/** What differs between streams. */
export interface OpenAIChunkOptions {
  /**
   * End with a chunk of token counts, as `stream_options.include_usage` asks.
   *
   * @defaultValue false
   */
  readonly includeUsage?: boolean | undefined
  /**
   * With `raw` parts, give chunks the members of the container's values that this format does not have, and the token counts as the
   * container wrote them.
   *
   * @defaultValue false
   */
  readonly keepMembers?: boolean | undefined
}

/**
 * Parts of an answer as the chunks of a chat completion: the reverse of `OpenAIReader`. The first chunk has the role, the last but
 * one the finish reason, and the last the token counts, if they are asked for and known. Neither events nor `[DONE]` are written.
 * With `raw` parts, chunks have the log probabilities that a container of OpenAI's format reports.
 */
export class OpenAIChatChunks {
  readonly #identity: OpenAIIdentity
  readonly #includeUsage: boolean
  readonly #toolCalls = new Map<number, number>()
  readonly #keepMembers: boolean
  #logprobs: JsonObject | undefined
  /** Of the value that the next chunk is made of. */
  #members: OpenAIMembers | undefined
  #hasBegun = false

  constructor(identity: OpenAIIdentity, { includeUsage = false, keepMembers = false }: OpenAIChunkOptions = {}) {
    this.#identity = identity
    this.#includeUsage = includeUsage
    this.#keepMembers = keepMembers
  }

  /** Whether a piece of text would be a chunk with nothing but the text that differs between such chunks. */
  get isPlain(): boolean {
    return this.#hasBegun && this.#logprobs === undefined && this.#members === undefined
  }

  push(part: ModelPart): readonly object[] {
    const chunks = this.#chunksOf(part)
    if (chunks.length > 0) this.#members = undefined
    if (this.#hasBegun || (chunks.length === 0 && part.type !== 'response')) return chunks
    this.#hasBegun = true
    return [this.#chunk({ role: 'assistant', content: '' }), ...chunks]
  }

  flush(): readonly object[] {
    return []
  }

  #chunksOf(part: ModelPart): readonly object[] {
    switch (part.type) {
      case 'raw':
        this.#logprobs = joinedLogprobs(this.#logprobs, openaiLogprobs(part.value))
        this.#members = this.#keepMembers ? joinedMembers(this.#members, openaiMembers(part.value)) : undefined
        return []
      case 'text-delta':
        return [this.#chunk({ content: part.text })]
      case 'reasoning-delta':
        return [this.#chunk({ reasoning_content: part.text })]
      case 'tool-call-start': {
        const index = this.#toolCalls.size
        this.#toolCalls.set(part.index, index)
        return [this.#toolCall({ index, id: part.id, type: 'function', function: { name: part.name, arguments: '' } })]
      }
      case 'tool-call-delta':
        return [this.#toolCall({ index: this.#toolCalls.get(part.index), function: { arguments: part.input } })]
      case 'tool-call-end':
        // Clients parse what they have put together, and nothing is no JSON.
        return part.inputText === ''
          ? [this.#toolCall({ index: this.#toolCalls.get(part.index), function: { arguments: '{}' } })]
          : []
      case 'finish': {
        const end = this.#chunk({}, openaiFinishReason(part.stopReason))
        const counts = this.#includeUsage ? openaiUsageOf(part.usage) : undefined
        if (counts === undefined) return [end]
        const usage = this.#keepMembers ? { ...counts, ...openaiUsageMembers(part.usage?.raw) } : counts
        return [end, { ...this.#head(), choices: [], usage }]
      }
      default:
        return []
    }
  }

  #toolCall(call: object): object {
    return this.#chunk({ tool_calls: [call] })
  }

  #chunk(delta: object, finishReason: string | null = null): object {
    const logprobs = this.#logprobs ?? null
    this.#logprobs = undefined
    const choice = { index: 0, delta, logprobs, finish_reason: finishReason }
    if (this.#members === undefined) return { ...this.#head(), choices: [choice] }
    const { value, choice: ofChoice } = this.#members
    return { ...value, ...this.#head(), choices: [{ ...ofChoice, ...choice }] }
  }

  #head(): object {
    const { id, created, model } = this.#identity
    return { id, object: 'chat.completion.chunk', created, model }
  }
}

/** Parts of an answer to a prompt as the chunks of a completion. */
export class OpenAICompletionChunks {
  readonly #identity: OpenAIIdentity
  readonly #includeUsage: boolean
  readonly #index: number
  #logprobs: JsonObject | undefined

  /** @param index - of the prompt, where there are several. */
  constructor(identity: OpenAIIdentity, { includeUsage = false }: OpenAIChunkOptions = {}, index = 0) {
    this.#identity = identity
    this.#includeUsage = includeUsage
    this.#index = index
  }

  push(part: ModelPart): readonly object[] {
    if (part.type === 'raw') this.#logprobs = joinedLogprobs(this.#logprobs, openaiLogprobs(part.value))
    if (part.type === 'text-delta') return [this.#chunk(part.text)]
    if (part.type !== 'finish') return []
    const end = this.#chunk('', openaiFinishReason(part.stopReason))
    const usage = this.#includeUsage ? openaiUsageOf(part.usage) : undefined
    return usage === undefined ? [end] : [end, { ...this.#head(), choices: [], usage }]
  }

  flush(): readonly object[] {
    return []
  }

  #chunk(text: string, finishReason: string | null = null): object {
    const logprobs = this.#logprobs ?? null
    this.#logprobs = undefined
    return { ...this.#head(), choices: [{ index: this.#index, text, logprobs, finish_reason: finishReason }] }
  }

  #head(): object {
    const { id, created, model } = this.#identity
    return { id, object: 'text_completion', created, model }
  }
}
