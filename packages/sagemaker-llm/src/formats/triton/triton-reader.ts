import type { AnswerDelta } from '../../contract/answer-delta.ts'
import { EchoRemover } from '../../contract/echo-remover.ts'
import { incompleteStream } from '../../contract/incomplete-stream.ts'
import type { AnswerReader } from '../../contract/content-handler.ts'
import type { ModelCall } from '../../contract/model-call.ts'
import { tritonText } from './triton-text.ts'

/** What each event of a stream holds: the new text, or all text so far. */
export type TritonStreamText = 'delta' | 'cumulative'

/** Reads Triton's `generate_stream`. It has no marker of its end: the end of the stream is the end of the answer. */
export class TritonReader implements AnswerReader {
  readonly #streamText: TritonStreamText
  readonly #echo: EchoRemover
  #textLength = 0
  #seen: 'nothing' | 'some' | 'foreign' = 'nothing'

  constructor(call: ModelCall, streamText: TritonStreamText = 'delta') {
    this.#streamText = streamText
    this.#echo = new EchoRemover(call.prompt ?? '')
  }

  push(value: unknown): readonly AnswerDelta[] {
    const output = tritonText(value)
    if (output === undefined) {
      if (this.#seen === 'nothing') this.#seen = 'foreign'
      return []
    }
    this.#seen = 'some'
    const added = this.#streamText === 'cumulative' ? output.slice(this.#textLength) : output
    this.#textLength += added.length
    return textDeltas(this.#echo.push(added))
  }

  end(): readonly AnswerDelta[] {
    if (this.#seen !== 'some') return [incompleteStream(this.#seen, '"text_output"')]
    return [...textDeltas(this.#echo.end()), { type: 'stop' }]
  }
}

function textDeltas(text: string): readonly AnswerDelta[] {
  return text === '' ? [] : [{ type: 'text', text }]
}
