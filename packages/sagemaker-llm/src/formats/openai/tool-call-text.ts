import { isJsonObject, stringIn } from '@x/sagemaker-endpoint/model-kit'
import type { Answer, AnswerDelta, ToolCallFragment } from '../../contract/answer.ts'
import type { AnswerReader } from '../../contract/content-handler.ts'
import { PartialMatcher } from '../../contract/partial-match.ts'

/** How a model writes its tool calls into its text. */
export type ToolCallText = 'hermes' | 'llama3' | 'mistral'

type Calls = readonly Omit<ToolCallFragment, 'type'>[]

interface TextFormat {
  /** What calls begin with. */
  readonly opens: readonly string[]
  /** What calls end with; without it, they take the rest of the answer. */
  readonly close?: string
  /** Whether calls can only be all of the answer. */
  readonly isWholeAnswer?: boolean
  /** Reads what is between; `undefined` if those are no calls. */
  readonly read: (text: string) => Calls | undefined
}

/**
 * Sources: vllm `vllm/entrypoints/openai/tool_parsers/{hermes,llama,mistral}_tool_parser.py`; the chat templates of Hermes and Qwen, Llama 3.1
 * to 3.3 and Mistral; github.com/mistralai/mistral-common (`[TOOL_CALLS]name[ARGS]{...}` from its tokenizer v11 on).
 */
const formats: Readonly<Record<ToolCallText, TextFormat>> = {
  hermes: { opens: ['<tool_call>'], close: '</tool_call>', read: (text) => callsIn([parsed(text)]) },
  llama3: {
    opens: ['<|python_tag|>', '{'],
    isWholeAnswer: true,
    read: (text) =>
      callsIn(
        text
          .trim()
          .split(/;\s*(?=\{)/)
          .map(parsed),
      ),
  },
  mistral: {
    opens: ['[TOOL_CALLS]'],
    read: (text) => {
      const value = parsed(text)
      return Array.isArray(value) ? callsIn(value) : namedCalls(text)
    },
  },
}

/** Takes tool calls out of a text that comes in pieces. What looks like calls and cannot be read stays text. */
export class ToolCallTextReader {
  readonly #format: TextFormat
  readonly #matcher: PartialMatcher
  /** Text that may be the beginning of calls, or is within them. */
  #held = ''
  /** White space that is text only if more text comes after it: before and between calls it means nothing. */
  #space = ''
  #isWithin = false
  #sawText = false
  #index = 0

  constructor(format: ToolCallText) {
    this.#format = formats[format]
    this.#matcher = new PartialMatcher(this.#format.opens)
  }

  push(piece: string): readonly AnswerDelta[] {
    this.#held += piece
    const deltas: AnswerDelta[] = []
    for (let more = true; more;) more = this.#isWithin ? this.#readCalls(deltas) : this.#readText(deltas)
    return deltas
  }

  /** Ends the text. A closing tag may be missing: with some models it is the token that ends the turn. */
  end(): readonly AnswerDelta[] {
    const deltas: AnswerDelta[] = []
    if (this.#isWithin) this.#take(this.#held, this.#held, deltas)
    else this.#text(this.#held, deltas)
    this.#held = ''
    this.#isWithin = false
    if (this.#index === 0 && this.#space !== '') deltas.push({ type: 'text', text: this.#space })
    this.#space = ''
    return deltas
  }

  #readText(deltas: AnswerDelta[]): boolean {
    const { opens, isWholeAnswer = false } = this.#format
    if (isWholeAnswer && this.#sawText) {
      this.#text(this.#held, deltas)
      this.#held = ''
      return false
    }
    const found = opens.map((open) => this.#held.indexOf(open)).filter((at) => at >= 0)
    const at = found.length === 0 ? this.#held.length - this.#matcher.heldLength(this.#held) : Math.min(...found)
    this.#text(this.#held.slice(0, at), deltas)
    this.#held = this.#held.slice(at)
    if (found.length === 0 || (isWholeAnswer && this.#sawText)) return found.length > 0
    this.#isWithin = true
    return true
  }

  #readCalls(deltas: AnswerDelta[]): boolean {
    const { close } = this.#format
    const end = close === undefined ? -1 : this.#held.indexOf(close)
    if (close === undefined || end < 0) return false
    const after = end + close.length
    this.#take(this.#held.slice(0, end), this.#held.slice(0, after), deltas)
    this.#held = this.#held.slice(after)
    this.#isWithin = false
    return true
  }

  #take(calls: string, text: string, deltas: AnswerDelta[]): void {
    const marker = this.#format.opens.find((open) => open !== '{' && calls.startsWith(open)) ?? ''
    const read = this.#format.read(calls.slice(marker.length))
    if (read === undefined) this.#text(text, deltas)
    for (const call of read ?? []) deltas.push({ ...call, type: 'tool-call', index: this.#index++ })
  }

  #text(text: string, deltas: AnswerDelta[]): void {
    const trimmed = text.trimEnd()
    const space = text.slice(trimmed.length)
    if (trimmed === '') this.#space += space
    else {
      this.#sawText = true
      deltas.push({ type: 'text', text: this.#space + trimmed })
      this.#space = space
    }
  }
}

/** A whole answer with the tool calls that are in its text. */
export function withToolCallText(answer: Answer, format: ToolCallText): Answer {
  const reader = new ToolCallTextReader(format)
  const deltas = [...reader.push(answer.text ?? ''), ...reader.end()]
  const calls = deltas.filter((delta): delta is ToolCallFragment => delta.type === 'tool-call')
  const text = deltas.map((delta) => (delta.type === 'text' ? delta.text : '')).join('')
  return calls.length === 0 ? answer : { ...answer, text, toolCalls: [...(answer.toolCalls ?? []), ...calls] }
}

/** Reads a stream with the tool calls that are in its text. */
export function toolCallTextReader(inner: AnswerReader, format: ToolCallText): AnswerReader {
  const text = new ToolCallTextReader(format)
  const read = (delta: AnswerDelta): readonly AnswerDelta[] => (delta.type === 'text' ? text.push(delta.text) : [delta])
  return {
    push: (value) => inner.push(value).flatMap(read),
    end: () => [...text.end(), ...inner.end()],
    get isDone() {
      return inner.isDone
    },
  }
}

function callsIn(values: readonly unknown[]): Calls | undefined {
  const calls = values.map((value) => {
    const name = stringIn(value, 'name')
    const input = isJsonObject(value) ? (value['arguments'] ?? value['parameters'] ?? {}) : undefined
    return name && (typeof input === 'string' || isJsonObject(input))
      ? { id: stringIn(value, 'id'), name, input }
      : undefined
  })
  return calls.every((call) => call !== undefined) && calls.length > 0 ? calls : undefined
}

/** `name{...}` or `name[ARGS]{...}`, each with the marker before it. */
function namedCalls(text: string): Calls | undefined {
  return callsIn(
    text.split('[TOOL_CALLS]').map((call) => {
      const [, name, input = ''] =
        /^\s*([\w.-]+)(?:\[CALL_ID\][^[{]*(?:\[ARGS\]\s*)?|(?:\[ARGS\])?\s*)(\{[^]*)$/.exec(call) ?? []
      return name === undefined || parsed(input) === undefined ? undefined : { name, arguments: input.trim() }
    }),
  )
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
