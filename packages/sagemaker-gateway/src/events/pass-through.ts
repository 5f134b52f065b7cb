import { Buffer } from 'node:buffer'
import type { AnswerDecoder } from '@x/sagemaker-llm'
import type { OpenAIIdentity } from '@x/sagemaker-llm/openai-format'
import type { AnswerPart } from '../contract/answer-part.ts'
import { PlainChunks, type TextMember } from './plain-chunks.ts'

type Emit = (part: AnswerPart) => void

const nothing: Buffer = Buffer.alloc(0)
const newline = 0x0a
const carriageReturn = 0x0d

/**
 * A longer line, and all that follows, is left to the decoder. Lines of pieces are much shorter. What is held is searched and copied
 * with every chunk, so the cost of a line that arrives byte by byte grows with the square of this limit.
 */
const maxLineBytes = 16_384

/**
 * Passes on the events of a container that speaks OpenAI's stream, with `id`, `created` and `model` of the gateway in their places:
 * those with a piece of text and nothing that ends or breaks an answer, from the second one on. All else goes through the decoder of
 * the answer: the first piece, text with tags of reasoning, calls of tools, the end, token counts, errors, and everything from the first line on that is no event
 * with one JSON value. The decoder gets what was passed on as one event before its next, so that it knows the whole answer.
 *
 * Any cut of the bytes gives the same parts.
 */
export class PassThrough {
  readonly #decoder: AnswerDecoder
  readonly #chunks: PlainChunks
  /** Bytes of a line without its end. */
  #held: Buffer = nothing
  /** Members whose pieces are parts of the answer as they are. */
  readonly #plain = new Set<TextMember>()
  /** There may be tags of reasoning within the text. */
  #hasTags = false
  #decodesAll = false
  /** Whether there are any in the bytes that are read. */
  #hasReturns = false

  constructor(decoder: AnswerDecoder, identity: OpenAIIdentity) {
    this.#decoder = decoder
    this.#chunks = new PlainChunks(identity)
  }

  get isDone(): boolean {
    return this.#decoder.isDone
  }

  start(): readonly AnswerPart[] {
    return this.#decoder.start()
  }

  push(chunk: Uint8Array): readonly AnswerPart[] {
    const parts: AnswerPart[] = []
    this.pushEach(chunk, (part) => parts.push(part))
    return parts
  }

  flush(): readonly AnswerPart[] {
    const parts: AnswerPart[] = []
    this.flushEach((part) => parts.push(part))
    return parts
  }

  pushEach(chunk: Uint8Array, emit: Emit): void {
    if (this.#decodesAll) {
      this.#decoder.pushEach(chunk, emit)
      return
    }
    const bytes = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength)
    const all = this.#held.length === 0 ? bytes : Buffer.concat([this.#held, bytes])
    this.#hasReturns = hasReturn(all)
    let start = 0
    for (let end = all.indexOf(newline); end !== -1; end = all.indexOf(newline, start)) {
      if (!this.#line(all, start, end + 1, emit)) {
        this.#decodeAll(all.subarray(start), emit)
        return
      }
      start = end + 1
    }
    this.#hold(all, start, emit)
  }

  flushEach(emit: Emit): void {
    if (!this.#decodesAll) this.#decodeAll(this.#held, emit)
    this.#decoder.flushEach(emit)
  }

  fail(error: unknown): unknown {
    try {
      this.#tell()
    } catch (thrown) {
      return thrown
    }
    return this.#decoder.fail(error)
  }

  /** Takes a line with its end, `all[start..end)`; `false` if the decoder has to read it and all that follows. */
  #line(all: Buffer, start: number, end: number, emit: Emit): boolean {
    const textEnd = end - (all[end - 2] === carriageReturn && end - start > 1 ? 2 : 1)
    if (textEnd === start) return true
    if (end - start > maxLineBytes || (this.#hasReturns && hasReturn(all.subarray(start, textEnd)))) return false
    const chunk = this.#chunks.read(all.toString('utf8', start, textEnd))
    if (chunk === 'unreadable') return false
    const member = chunk === 'other' ? undefined : this.#chunks.lastMember
    if (member !== undefined && this.#plain.has(member)) {
      emit({ type: 'passed-on', text: chunk })
      return true
    }
    // Read as plain, but not passed on.
    if (member !== undefined) this.#chunks.forgetLast()
    this.#tell()
    this.#decoder.pushEach(all.subarray(start, end), (part) => {
      this.#learn(member, part)
      emit(part)
    })
    return true
  }

  /** Keeps the start of a line, unless the decoder has to read it. */
  #hold(all: Buffer, start: number, emit: Emit): void {
    const length = all.length - start
    // The chunk may be overwritten after this call.
    this.#held = length === 0 ? nothing : Buffer.from(all.subarray(start))
    if (length > maxLineBytes || (this.#hasReturns && hasReturn(this.#held.subarray(0, -1))))
      this.#decodeAll(this.#held, emit)
  }

  /**
   * Learns from what the decoder made of a piece whether the next are parts as they are. Text that has begun without a tag has no
   * reasoning in it; reasoning that came as text may be followed by more.
   */
  #learn(member: TextMember | undefined, { type }: AnswerPart): void {
    if (type === 'reasoning-delta') {
      if (member === 'reasoning_content') this.#plain.add(member)
      else this.#hasTags = true
    } else if (type === 'text-delta' && member === 'content' && !this.#hasTags) this.#plain.add(member)
  }

  #decodeAll(bytes: Buffer, emit: Emit): void {
    this.#tell()
    this.#decodesAll = true
    this.#held = nothing
    this.#decoder.pushEach(bytes, emit)
  }

  /** Tells the decoder what was passed on. */
  #tell(): void {
    for (const event of this.#chunks.takePassed()) this.#decoder.pushEach(Buffer.from(event), () => {})
  }
}

const hasReturn = (bytes: Buffer): boolean => bytes.includes(carriageReturn)
