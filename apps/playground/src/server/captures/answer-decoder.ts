import { auto, type AnswerDelta, type AnswerReader } from '@x/sagemaker-llm'
import { JsonSequenceDecoder, jsonSequenceDone } from '@x/stream-core/decoders'
import type { RunEvent, RunEventOf } from '../../protocol/run-event.ts'

type Delta = Omit<RunEventOf<'delta'>, 'type' | 'at' | 'value'>

/**
 * Decodes the bytes of an observed answer to lines, values and text, as the packages do for their own calls. An answer that is no
 * text, such as vectors, has values only; bytes that are no JSON have lines only.
 */
export class AnswerDecoder {
  readonly #events: RunEvent[] = []
  readonly #decoder: JsonSequenceDecoder
  #reader: AnswerReader | undefined = auto().reader({ prompt: '', stream: true } as never)
  #at = 0
  #values = 0
  #isReadable = true

  constructor() {
    this.#decoder = new JsonSequenceDecoder({
      markErrors: true,
      pythonNumbers: true,
      observer: {
        onLine: (text, range) => {
          if (text !== '') this.#events.push({ type: 'line', at: this.#at, ...range, text })
        },
        onValue: (value, range) => this.#value(value, range),
      },
    })
  }

  /** Decodes the next part. @returns the events that it completes. */
  push(bytes: Uint8Array, at: number): readonly RunEvent[] {
    return this.#decode(at, () => this.#decoder.push(bytes))
  }

  /** Decodes what only the end of the answer completes. */
  flush(at: number): readonly RunEvent[] {
    return this.#decode(at, () => {
      this.#decoder.flush()
      this.#deltas(this.#reader?.end() ?? [], undefined)
    })
  }

  #decode(at: number, decode: () => void): readonly RunEvent[] {
    this.#at = at
    if (!this.#isReadable) return []
    try {
      decode()
    } catch {
      // Not JSON, or cut off: the bytes and what was read of them remain.
      this.#isReadable = false
    }
    return this.#events.splice(0)
  }

  #value(value: unknown, range: { readonly start: number; readonly end: number }): void {
    const shown = value === jsonSequenceDone ? '[DONE]' : value
    this.#events.push({ type: 'value', at: this.#at, ...range, value: shown })
    const index = this.#values++
    this.#deltas(this.#reader?.push(value) ?? [], index)
  }

  #deltas(deltas: readonly AnswerDelta[], value: number | undefined): void {
    for (const delta of deltas) {
      if (delta.type === 'error') this.#reader = undefined
      const shown = shownDelta(delta)
      if (shown !== undefined) this.#events.push({ type: 'delta', at: this.#at, value, ...shown })
    }
  }
}

function shownDelta(delta: AnswerDelta): Delta | undefined {
  if (delta.type === 'text' || delta.type === 'reasoning') return { channel: delta.type, text: delta.text }
  if (delta.type !== 'tool-call') return undefined
  const { input } = delta
  return {
    channel: 'tool',
    text: typeof input === 'string' ? input : input == null ? '' : JSON.stringify(input),
    tool: { index: delta.index ?? 0, id: delta.id ?? undefined, name: delta.name ?? undefined },
  }
}
