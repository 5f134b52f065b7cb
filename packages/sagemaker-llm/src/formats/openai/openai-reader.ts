import { jsonSequenceDone } from '@x/stream-core/decoders'
import { type AnswerDelta, incompleteStream, type ToolCallFragment } from '../../contract/answer.ts'
import { JsonTextScanner } from '../../contract/json-text.ts'
import { arrayIn, countIn, isJsonObject, type JsonObject, stringIn } from '@x/sagemaker-endpoint/model-kit'
import type { AnswerReader } from '../../contract/content-handler.ts'
import type { ModelCall } from '../../contract/model-call.ts'
import { openaiChoiceDeltas, unwrapped, usageOf } from './openai-answer.ts'

/**
 * Reads OpenAI's chunks, and whole answers, as vLLM, SGLang, TGI, LMI, NIM, Nova and llama.cpp send them.
 *
 * The end is a finish reason or `[DONE]`: LMI and TGI before 2.2 send no `[DONE]`, TGI's tool streams no finish reason. Without
 * both the answer is incomplete, unless it is the one tool call of TGI before 2.2, known by its missing id or `"0"`, with all
 * of its arguments. (Any other container would have gone on, with a second call or with its end.)
 */
export class OpenAIReader implements AnswerReader {
  readonly #severalChoices: boolean
  readonly #toolCalls = new LoneToolCall()
  readonly #otherChoice: AnswerDelta[] = []
  #otherIndex: number | undefined
  #sawFirstChoice = false
  #sawValue = false
  #sawChoice = false
  #sawToolCallId = false
  #ended = false

  constructor(call: ModelCall) {
    this.#severalChoices = wantsSeveralChoices(call)
  }

  push(value: unknown): readonly AnswerDelta[] {
    this.#sawValue = true
    if (value === jsonSequenceDone) {
      this.#ended = true
      return []
    }
    const chunk = unwrapped(value)
    const usage = usageOf(chunk)
    if (usage === undefined && !isChunk(chunk)) return [{ type: 'foreign' }]
    // TGI 1.4.0, whose ids are empty, counts tokens in the index.
    const isChoiceIndex = this.#severalChoices || stringIn(chunk, 'id') !== ''
    const deltas: AnswerDelta[] = []
    arrayIn(chunk, 'choices').forEach((choice, position) => {
      if (!isJsonObject(choice)) return
      this.#sawChoice = true
      const index = isChoiceIndex ? (countIn(choice, 'index') ?? position) : 0
      if (index === 0) {
        this.#sawFirstChoice = true
        for (const delta of openaiChoiceDeltas(choice)) deltas.push(this.#noted(delta))
        if (isJsonObject(choice['message'])) this.#ended = true
      } else {
        this.#keepAside(index, choice)
        deltas.push({ type: 'other' })
      }
    })
    if (usage) deltas.push({ type: 'usage', usage })
    return deltas
  }

  end(): readonly AnswerDelta[] {
    const deltas = this.#sawFirstChoice ? [] : this.#otherChoice.map((delta) => this.#noted(delta))
    if (this.#sawChoice && (this.#ended || this.#isCompleteTgiCall)) return deltas
    if (this.#sawChoice) return [...deltas, incompleteStream('some', 'a finish reason and without [DONE]')]
    return [incompleteStream(this.#sawValue ? 'foreign' : 'nothing', '"choices"')]
  }

  /** Where one answer was asked for, a choice that comes by itself is the answer, whatever its index. */
  #keepAside(index: number, choice: JsonObject): void {
    if (this.#severalChoices || this.#sawFirstChoice) return
    this.#otherIndex ??= index
    if (index === this.#otherIndex) this.#otherChoice.push(...openaiChoiceDeltas(choice))
  }

  get #isCompleteTgiCall(): boolean {
    return this.#toolCalls.isComplete && !this.#sawToolCallId
  }

  #noted(delta: AnswerDelta): AnswerDelta {
    // A finish reason with more after it, as some servers send with all of their chunks, is not the end.
    this.#ended = delta.type === 'stop'
    if (delta.type === 'tool-call') {
      this.#toolCalls.push(delta)
      this.#sawToolCallId ||= Boolean(delta.id) && delta.id !== '0'
    }
    return delta
  }
}

function isChunk(value: JsonObject): boolean {
  return Array.isArray(value['choices']) || /^(?:chat\.|text_)completion/.test(stringIn(value, 'object') ?? '')
}

function wantsSeveralChoices(call: ModelCall): boolean {
  const count = call.additionalParameters?.['n']
  return typeof count === 'number' && count > 1
}

/** Knows whether an answer has one tool call with all of its arguments. */
class LoneToolCall {
  readonly #input = new JsonTextScanner()
  #hasName = false
  #hasOthers = false

  get isComplete(): boolean {
    return this.#hasName && !this.#hasOthers && this.#input.isComplete
  }

  push({ index, name, input }: ToolCallFragment): void {
    this.#hasName ||= Boolean(name)
    this.#hasOthers ||= Boolean(index)
    if (typeof input === 'string') this.#input.push(input)
    else if (input) this.#input.push(JSON.stringify(input))
  }
}
