import { type AnswerDelta, answerDeltas, incompleteStream } from '../../contract/answer.ts'
import { arrayIn, isJsonObject, type JsonObject, stringIn } from '@x/sagemaker-endpoint/model-kit'
import type { AnswerReader } from '../../contract/content-handler.ts'
import type { ModelCall } from '../../contract/model-call.ts'
import { generatedText, generatedTextAnswer, generationDetails } from './generated-text-answer.ts'

/**
 * Reads streams of tokens, `{ token: { id, text, special }, generated_text, details }`, as TGI and LMI send them.
 *
 * The end is the value whose `generated_text` is text. That text is used only if no token had any: with
 * `return_full_text` it holds the prompt, and after special tokens it differs from what was sent before.
 * Also reads the whole answers of these containers, and LMI's old `{ outputs: [text] }` lines, which have no last one.
 */
export class TokenReader implements AnswerReader {
  readonly #call: ModelCall
  #tokens = 0
  #sawText = false
  #seen: 'nothing' | 'some' | 'foreign' = 'nothing'
  #ended = false
  #isDone = false

  constructor(call: ModelCall) {
    this.#call = call
  }

  get isDone(): boolean {
    return this.#isDone
  }

  push(value: unknown): readonly AnswerDelta[] {
    if (isJsonObject(value) && isJsonObject(value['token'])) return this.#readToken(value, value['token'])
    const outputs = arrayIn(value, 'outputs').filter((output) => typeof output === 'string')
    if (outputs.length > 0) {
      this.#ended = true
      return [{ type: 'text', text: outputs.join('') }]
    }
    if (generatedText(value) === undefined) {
      if (this.#seen === 'nothing') this.#seen = 'foreign'
      return [{ type: 'foreign' }]
    }
    this.#ended = true
    return answerDeltas(generatedTextAnswer(value, this.#call))
  }

  end(): readonly AnswerDelta[] {
    if (this.#ended) return []
    return [incompleteStream(this.#seen, '"generated_text"')]
  }

  #readToken(value: JsonObject, token: JsonObject): readonly AnswerDelta[] {
    this.#seen = 'some'
    this.#tokens++
    const deltas: AnswerDelta[] = []
    const text = isSpecial(token) ? '' : (stringIn(token, 'text') ?? '')
    if (text !== '') deltas.push({ type: 'text', text })
    this.#sawText ||= text !== ''
    const wholeText = stringIn(value, 'generated_text')
    if (wholeText === undefined) return deltas
    this.#ended = true
    this.#isDone = true
    if (!this.#sawText && wholeText !== '') deltas.push({ type: 'text', text: wholeText })
    return [...deltas, ...generationDetails(value, this.#call, this.#tokens)]
  }
}

/** Tokens that are not text, such as the end of a turn: TGI and LMI send their names as text. */
function isSpecial(token: JsonObject): boolean {
  return token['special'] === true || token['special_token'] === true || token['id'] === -1
}
