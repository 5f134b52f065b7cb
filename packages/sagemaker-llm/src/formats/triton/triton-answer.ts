import { type Answer, type AnswerDelta, incompleteStream } from '../../contract/answer.ts'
import type { AnswerReader } from '../../contract/content-handler.ts'
import { EchoRemover, withoutEcho } from '../../contract/echo.ts'
import { arrayIn, isJsonObject, stringIn } from '@x/sagemaker-endpoint/model-kit'
import type { ModelCall } from '../../contract/model-call.ts'

/** Reads a whole answer of Triton. */
export function tritonAnswer(body: unknown, call: ModelCall): Answer {
  const text = tritonText(body)
  if (text === undefined) return { error: { kind: 'unreadable', message: 'the answer has no "text_output"' } }
  return { text: withoutEcho(text, call.prompt) }
}

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
      return [{ type: 'foreign' }]
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

/**
 * The text of a Triton answer: `text_output` of the generate extension, or the tensor of that name (of KServe v2's `outputs`, the
 * first with text if none has it).
 */
export function tritonText(value: unknown): string | undefined {
  if (isJsonObject(value) && 'text_output' in value) {
    return stringIn(value, 'text_output') ?? joined(arrayIn(value, 'text_output'))
  }
  const outputs = arrayIn(value, 'outputs')
  const named = outputs.find((output) => stringIn(output, 'name') === 'text_output')
  return named === undefined
    ? outputs.map((output) => joined(arrayIn(output, 'data'))).find((text) => text !== undefined)
    : joined(arrayIn(named, 'data'))
}

function joined(data: readonly unknown[]): string | undefined {
  const [first] = data
  return typeof first === 'string' ? first : undefined
}
