import type { ConverseModelStreamOutput, ConverseStreamRequest } from '@x/bedrock-like-types'
import type { Decoder } from '@x/stream-core/decoders'
import type { SpinePart } from '../parts/spine-part.ts'
import { additionalResponseFields, converseUsage } from './converse-response.ts'

/** A part that belongs to a block. */
type BlockPart = Extract<SpinePart, { readonly index: number }>

/**
 * The parts of an answer as Bedrock's events, in Bedrock's order: `messageStart`, the content blocks one after the other,
 * `messageStop`, `metadata`. Where tool calls interleave, the parts of a later block wait until the earlier one is closed.
 */
export class ConverseEvents implements Decoder<SpinePart, ConverseModelStreamOutput> {
  readonly #responsePaths: readonly string[] | undefined
  readonly #waiting = new Map<number, BlockPart[]>()
  #openIndex: number | undefined
  #hasStarted = false
  #raw: unknown

  constructor({ additionalModelResponseFieldPaths }: ConverseStreamRequest) {
    this.#responsePaths = additionalModelResponseFieldPaths
  }

  push(part: SpinePart): readonly ConverseModelStreamOutput[] {
    if (part.type === 'raw') this.#raw = part.value
    if (part.type === 'finish') return [...this.#start(), ...this.#finish(part)]
    return 'index' in part ? [...this.#start(), ...this.#block(part)] : []
  }

  flush(): readonly ConverseModelStreamOutput[] {
    return []
  }

  #start(): readonly ConverseModelStreamOutput[] {
    if (this.#hasStarted) return []
    this.#hasStarted = true
    return [{ messageStart: { role: 'assistant' } }]
  }

  #block(part: BlockPart): readonly ConverseModelStreamOutput[] {
    this.#openIndex ??= part.index
    if (part.index !== this.#openIndex) {
      const waiting = this.#waiting.get(part.index)
      if (waiting === undefined) this.#waiting.set(part.index, [part])
      else waiting.push(part)
      return []
    }
    const events = [...eventsOf(part)]
    if (isEnd(part)) this.#openIndex = undefined
    // Each block that is closed lets in the next, in the order in which they were opened.
    for (const [index, parts] of this.#waiting) {
      if (this.#openIndex !== undefined) break
      this.#waiting.delete(index)
      events.push(...parts.flatMap(eventsOf))
      if (!parts.some(isEnd)) this.#openIndex = index
    }
    return events
  }

  #finish(part: Extract<SpinePart, { readonly type: 'finish' }>): readonly ConverseModelStreamOutput[] {
    const { stopReason, usage, response } = part
    const fields = additionalResponseFields(this.#raw, this.#responsePaths)
    return [
      { messageStop: { stopReason, ...(fields === undefined ? {} : { additionalModelResponseFields: fields }) } },
      {
        metadata: {
          usage: converseUsage(usage),
          metrics: { latencyMs: Math.round(response.timings.durationMs ?? 0) },
          response,
        },
      },
    ]
  }
}

function eventsOf(part: BlockPart): readonly ConverseModelStreamOutput[] {
  const { index: contentBlockIndex } = part
  switch (part.type) {
    case 'text-delta':
      return [{ contentBlockDelta: { contentBlockIndex, delta: { text: part.text } } }]
    case 'reasoning-delta':
      return [{ contentBlockDelta: { contentBlockIndex, delta: { reasoningContent: { text: part.text } } } }]
    case 'tool-call-start':
      return [{ contentBlockStart: { contentBlockIndex, start: { toolUse: { toolUseId: part.id, name: part.name } } } }]
    case 'tool-call-delta':
      return [{ contentBlockDelta: { contentBlockIndex, delta: { toolUse: { input: part.input } } } }]
    case 'text-end':
    case 'reasoning-end':
    case 'tool-call-end':
      return [{ contentBlockStop: { contentBlockIndex } }]
    default:
      // Bedrock announces tool calls only.
      return []
  }
}

function isEnd({ type }: BlockPart): boolean {
  return type === 'text-end' || type === 'reasoning-end' || type === 'tool-call-end'
}
