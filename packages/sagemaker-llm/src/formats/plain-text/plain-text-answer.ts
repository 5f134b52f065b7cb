import { type Answer, type AnswerDelta, incompleteStream } from '../../contract/answer.ts'
import type { AnswerReader } from '../../contract/content-handler.ts'
import { EchoRemover, withoutEcho } from '../../contract/echo.ts'
import type { ModelCall } from '../../contract/model-call.ts'

/** Pages of proxies in front of a container, which answer as text. Longer texts are answers, whatever they say. */
const pageOfProxy =
  /^\s*(?:upstream (?:request timeout|connect error)|no healthy upstream|internal server error|bad gateway|service (?:temporarily )?unavailable|gateway time-?out)\.?\s*$/i

/** Most characters of a text that can be such a page. */
const longestPage = 64

function errorOfPage(text: string): Answer['error'] {
  return text.length <= longestPage && pageOfProxy.test(text) ? { message: text.trim() } : undefined
}

/** Reads an answer that is text. The prompt may come first, and is taken away if it does. */
export function plainTextAnswer(body: unknown, call: ModelCall): Answer {
  if (typeof body !== 'string') return { error: { kind: 'unreadable', message: 'the answer is not text' } }
  return { text: withoutEcho(body, call.prompt), error: errorOfPage(body) }
}

/** Reads the same as a stream of texts. It has no marker of its end: the end of the stream is the end of the answer. */
export class PlainTextReader implements AnswerReader {
  readonly #echo: EchoRemover
  #start = ''
  #sawText = false

  constructor(call: ModelCall) {
    this.#echo = new EchoRemover(call.prompt ?? '')
  }

  push(value: unknown): readonly AnswerDelta[] {
    if (typeof value === 'symbol') return []
    if (typeof value !== 'string') return [{ type: 'foreign' }]
    this.#sawText = true
    if (this.#start.length <= longestPage) this.#start += value
    return textDeltas(this.#echo.push(value))
  }

  end(): readonly AnswerDelta[] {
    if (!this.#sawText) return [incompleteStream('nothing', 'text')]
    const error = errorOfPage(this.#start)
    const rest = textDeltas(this.#echo.end())
    return error === undefined ? [...rest, { type: 'stop' }] : [...rest, { ...error, type: 'error' }]
  }
}

function textDeltas(text: string): readonly AnswerDelta[] {
  return text === '' ? [] : [{ type: 'text', text }]
}
