import type { DocumentType, ToolCall, ToolCallDelta } from '@x/bedrock-like-types'
import { randomUUID } from 'node:crypto'
import type { ToolCallFragment } from './answer.ts'

interface AssembledCall {
  readonly wireIndex: number | undefined
  readonly index: number
  wireId: string
  id: string
  name: string
  input: string
}

/** The tool calls of an answer, complete. */
export interface AssembledToolCalls {
  readonly toolCalls: readonly ToolCall[]
  /** True when a call has no name, or arguments that are not JSON: they are then in `input` as text. */
  readonly malformed: boolean
}

/**
 * Puts the fragments of tool calls together and hands them on in one shape: `index` counts from 0 in order of appearance,
 * the first delta of a call has its id and its name, every later one only more of its arguments.
 *
 * Containers send less than that: TGI gives every call the id `"0"` and repeats or nulls the name, Cohere gives no id,
 * others no index, arguments before the name, arguments as an object, a whole call in one fragment. A missing, `"0"` or
 * repeated id is replaced by a generated one, because a conversation needs ids that differ.
 */
export class ToolCallAssembler {
  readonly #calls: AssembledCall[] = []
  readonly #generateId: () => string

  constructor(generateId: () => string = () => `call_${randomUUID()}`) {
    this.#generateId = generateId
  }

  /** How many calls there are so far. */
  get size(): number {
    return this.#calls.length
  }

  /** Whether there are calls, and the arguments of each are a JSON object that needs nothing more. */
  get isComplete(): boolean {
    return this.#calls.length > 0 && this.#calls.every((call) => call.name !== '' && isCompleteToolInput(call.input))
  }

  /** Takes a fragment and returns what it adds, if that can be shown already: nothing while the call has no name. */
  push(fragment: ToolCallFragment): ToolCallDelta | undefined {
    const call = this.#callOf(fragment)
    const input = inputText(fragment.input)
    call.input += input
    if (call.wireId === '') call.wireId = fragment.id ?? ''
    if (call.name !== '') return input === '' ? undefined : { index: call.index, input }
    if (!fragment.name) return undefined
    call.name = fragment.name
    call.id = this.#isUsable(call.wireId) ? call.wireId : this.#generateId()
    return { index: call.index, id: call.id, name: call.name, ...(call.input === '' ? {} : { input: call.input }) }
  }

  /** All calls so far, with their arguments parsed. */
  finish(): AssembledToolCalls {
    let malformed = false
    const toolCalls = this.#calls.map((call) => {
      const input = parseToolInput(call.input)
      if (!input.valid || call.name === '') malformed = true
      return { id: call.id || this.#generateId(), name: call.name, input: input.value, inputText: call.input }
    })
    return { toolCalls, malformed }
  }

  #callOf(fragment: ToolCallFragment): AssembledCall {
    const index = fragment.index ?? undefined
    const last = index === undefined ? this.#calls.at(-1) : this.#calls.findLast((call) => call.wireIndex === index)
    if (last !== undefined && !beginsNewCall(fragment, last)) return last
    const call = { wireIndex: index, index: this.#calls.length, wireId: '', id: '', name: '', input: '' }
    this.#calls.push(call)
    return call
  }

  #isUsable(id: string): boolean {
    return id !== '' && id !== '0' && this.#calls.every((call) => call.id !== id)
  }
}

/** Whether a fragment that names no call, or names one that was there before, is nevertheless the first of another one. */
function beginsNewCall(fragment: ToolCallFragment, last: AssembledCall): boolean {
  if (!fragment.name || last.name === '') return false
  if (fragment.id && fragment.id !== last.wireId) return true
  // Without ids, only a call whose arguments are there can be over; before that, the name is merely repeated.
  return (fragment.index ?? undefined) === undefined && isCompleteToolInput(last.input)
}

function inputText(input: ToolCallFragment['input']): string {
  if (input === null || input === undefined) return ''
  return typeof input === 'string' ? input : JSON.stringify(input)
}

/** The arguments of a tool call, read from their JSON text. */
export interface ParsedToolInput {
  /** False when the text is not JSON. */
  readonly valid: boolean
  /** The arguments; the text itself when it is not JSON. No text at all is `{}`: a tool without parameters. */
  readonly value: DocumentType
}

/** Reads the arguments of a tool call. Never throws. */
export function parseToolInput(text: string): ParsedToolInput {
  if (text.trim() === '') return { valid: true, value: {} }
  try {
    return { valid: true, value: (JSON.parse(text) as DocumentType) ?? {} }
  } catch {
    return { valid: false, value: text }
  }
}

/** Whether `text` is the whole of a call's arguments: a JSON object that needs nothing more. */
export function isCompleteToolInput(text: string): boolean {
  return text.trimEnd().endsWith('}') && parseToolInput(text).valid
}
