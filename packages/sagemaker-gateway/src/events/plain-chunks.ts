import { isJsonObject, type JsonObject } from '@x/sagemaker-endpoint/model-kit'
import type { OpenAIIdentity } from '@x/sagemaker-llm/openai-format'

/** Members of a chunk's delta that are text. */
export type TextMember = 'content' | 'reasoning_content'

/** The text around the piece of text in a chunk, as it came and as it is passed on. */
interface Template {
  readonly member: TextMember
  readonly before: string
  readonly after: string
  readonly newBefore: string
  readonly newAfter: string
}

interface Piece {
  readonly member: TextMember
  /** Text of one JSON string or of several, without quotes. */
  text: string
}

const fieldName = 'data: '

type IdentityMember = 'id' | 'created' | 'model'

/** Members of the identity with their values, which are strings or integers. */
const identityMembers = (['id', 'created', 'model'] as const).map(
  (name) => [name, new RegExp(`(?<=[{,]\\s*"${name}":\\s*)(?:"(?:[^"\\\\]|\\\\.)*"|-?\\d+)(?=\\s*,)`, 'g')] as const,
)

/** Inside of a JSON string. Halves of characters, which the next piece may complete, are left out. */
// oxlint-disable-next-line no-control-regex -- JSON has none within strings
const insideString = /^(?:[^"\\\u0000-\u001f\ufffd]|\\(?:["\\/bfnrt]|u(?![dD][89a-fA-F])[0-9a-fA-F]{4}))+$/

/**
 * Reads lines of OpenAI's stream. Chunks that have a piece of text and nothing else that matters are written again in their own text,
 * with the identity of the gateway. Most chunks of a stream differ in the piece only: those are recognized by the text around it, which
 * was parsed with the first of them, so that only the piece is checked.
 */
export class PlainChunks {
  readonly #identity: Readonly<Record<IdentityMember, string>>
  #template: Template | undefined
  #pieces: Piece[] = []
  #last: Piece | undefined

  constructor({ id, created, model }: OpenAIIdentity) {
    this.#identity = { id: JSON.stringify(id), created: JSON.stringify(created), model: JSON.stringify(model) }
  }

  /**
   * The event for a line without its end, if it is plain; otherwise whether it is an event with one JSON value, or `[DONE]`, at all.
   * A piece whose characters may be incomplete is unreadable, since its rest may be in the next.
   */
  read(line: string): string {
    const template = this.#template
    if (template !== undefined) {
      const { before, after } = template
      const end = line.length - after.length
      // Comparing slices takes a tenth of the time of `startsWith` and `endsWith`.
      const isRepeated = before.length <= end && line.slice(0, before.length) === before && line.slice(end) === after
      const text = isRepeated ? line.slice(before.length, end) : ''
      if (insideString.test(text)) {
        this.#note(template.member, text)
        return `${template.newBefore}${text}${template.newAfter}\n\n`
      }
    }
    return this.#parse(line)
  }

  /** The member of the piece that was read last. */
  get lastMember(): TextMember | undefined {
    return this.#last?.member
  }

  /** The piece that was read last was not passed on. */
  forgetLast(): void {
    const piece = this.#pieces.at(-1)
    if (piece === undefined) return
    piece.text = piece.text.slice(0, piece.text.length - (this.#last?.text.length ?? 0))
    if (piece.text === '') this.#pieces.pop()
  }

  /** What was passed on since the last call, as events of few and long pieces. */
  takePassed(): readonly string[] {
    const pieces = this.#pieces
    this.#pieces = []
    return pieces.map(({ member, text }) => `data: {"choices":[{"index":0,"delta":{"${member}":"${text}"}}]}\n\n`)
  }

  #note(member: TextMember, text: string): void {
    const piece = this.#pieces.at(-1)
    if (piece?.member === member) piece.text += text
    else this.#pieces.push({ member, text })
    this.#last = { member, text }
  }

  #parse(line: string): string {
    if (!line.startsWith(fieldName) || line.includes('\ufffd')) return 'unreadable'
    const json = line.slice(fieldName.length)
    if (json === '[DONE]') return 'other'
    const value = valueOf(json)
    if (!isJsonObject(value) || /\\u[dD][89a-fA-F]/.test(json)) return 'unreadable'
    const member = textMemberOf(value)
    const template = member === undefined ? undefined : this.#templateOf(line, member)
    if (template === undefined) return 'other'
    this.#template = template
    const text = line.slice(template.before.length, -template.after.length)
    if (!insideString.test(text)) return 'other'
    this.#note(template.member, text)
    return `${template.newBefore}${text}${template.newAfter}\n\n`
  }

  #templateOf(line: string, member: TextMember): Template | undefined {
    const named = line.split(`"${member}"`)
    const [before = '', after = ''] = named
    // More of the name, such as within log probabilities: which of them is the piece is not known.
    const piece = named.length === 2 ? /^:\s*"((?:[^"\\]|\\.)*)"/.exec(after) : null
    if (piece?.[1] === undefined) return undefined
    const start = before.length + member.length + 2 + piece[0].length - 1 - piece[1].length
    const [head, tail] = [line.slice(0, start), line.slice(start + piece[1].length)]
    // The three members are in front of the choices in what every server writes.
    const newHead = this.#withIdentity(head)
    return newHead === undefined ? undefined : { member, before: head, after: tail, newBefore: newHead, newAfter: tail }
  }

  /** Puts the members of the identity into the start of a chunk; `undefined` unless it has all of them outside of other objects. */
  #withIdentity(head: string): string | undefined {
    const choices = head.indexOf('"choices"')
    const open = head.slice(fieldName.length, choices === -1 ? undefined : choices)
    // Members of other members may have the same names.
    if (choices === -1 || /[{[]/.test(open.slice(1))) return undefined
    let replaced = open
    for (const [name, member] of identityMembers) {
      if (open.match(member)?.length !== 1) return undefined
      replaced = replaced.replace(member, () => this.#identity[name])
    }
    return fieldName + replaced + head.slice(fieldName.length + open.length)
  }
}

/** The member with the piece of text, if the chunk has nothing else that the gateway would write in another way. */
function textMemberOf({ object, choices, usage, error }: JsonObject): TextMember | undefined {
  if (object !== 'chat.completion.chunk' || usage != null || error != null) return undefined
  const choice: unknown = Array.isArray(choices) && choices.length === 1 ? choices[0] : undefined
  if (!isJsonObject(choice) || choice['index'] !== 0 || choice['finish_reason'] != null) return undefined
  if (choice['message'] != null || choice['text'] != null || choice['usage'] != null) return undefined
  const delta = choice['delta']
  if (!isJsonObject(delta)) return undefined
  // Some servers repeat the role in every chunk.
  const said = Object.entries(delta).filter(
    ([name, value]) => value !== null && !(name === 'role' && value === 'assistant'),
  )
  const [member, ...others] = said
  if (member === undefined || others.length > 0 || typeof member[1] !== 'string' || member[1] === '') return undefined
  return member[0] === 'content' || member[0] === 'reasoning_content' ? member[0] : undefined
}

function valueOf(json: string): unknown {
  try {
    return JSON.parse(json)
  } catch {
    return undefined
  }
}
