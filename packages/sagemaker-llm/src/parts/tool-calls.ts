import type { ToolCall } from '@x/bedrock-like-types'
import { SagemakerError } from '@x/sagemaker-endpoint'
import { randomBytes } from 'node:crypto'
import type { AnswerDelta, ToolCallFragment } from '../contract/answer.ts'
import { JsonTextScanner, parseToolInput } from '../contract/json-text.ts'
import type { EmitPart } from './spine-part.ts'
import { WholeCharacters } from './whole-characters.ts'

/** Most tool calls in one answer: more than any model makes, and a bound for what a broken one can cost. */
export const mostToolCalls = 32_768

interface AssembledCall {
  readonly scanner: JsonTextScanner
  readonly characters: WholeCharacters
  /** Position among the blocks of the answer; `undefined` until the call has a name. */
  index: number | undefined
  wireId: string
  id: string
  name: string
  /** Arguments that came before the name. */
  waiting: string
  inputText: string
  /** The first fragment is `{}`, and nothing has shown yet whether it only stands for arguments to come. */
  holdsPlaceholder: boolean
  isEnded: boolean
}

/** What the calls of an answer need from it. */
export interface ToolCallAssemblerOptions {
  /** Takes the next position among the blocks of the answer. */
  readonly nextIndex: () => number
  /**
   * Makes the id of a call for which the container sends none.
   *
   * @defaultValue random ids of nine letters and digits
   */
  readonly generateId?: (() => string) | undefined
}

/**
 * Puts the fragments of tool calls together and emits them as parts: a start with id and name, deltas of the arguments, and the
 * end as soon as the arguments are a complete value. The cost is linear in what arrives.
 *
 * Containers send less than that: TGI gives every call the id `"0"` and repeats or nulls the name, Cohere gives no id,
 * others no index, arguments before the name, arguments as an object, a whole call in one fragment, or `{}` before the
 * real arguments. A missing, `"0"` or repeated id is replaced by a generated one, because a conversation needs ids that differ.
 */
export class ToolCallAssembler {
  readonly #options: ToolCallAssemblerOptions
  readonly #calls: AssembledCall[] = []
  readonly #byWireIndex = new Map<number, AssembledCall>()
  readonly #byWireId = new Map<string, AssembledCall>()
  readonly #ids = new Set<string>()
  readonly #placeholders = new Set<AssembledCall>()
  #isMalformed = false

  constructor(options: ToolCallAssemblerOptions) {
    this.#options = options
  }

  /** How many calls there are so far. */
  get size(): number {
    return this.#calls.length
  }

  /** Whether a call that has ended has no name, arguments that are not JSON, or more text after its arguments. */
  get isMalformed(): boolean {
    return this.#isMalformed
  }

  /** All calls so far. Arguments that are not JSON, or not yet, are in `input` as text. */
  get toolCalls(): readonly ToolCall[] {
    return this.#calls.map((call) => {
      const inputText = call.inputText + (call.holdsPlaceholder ? placeholder : '') + call.waiting
      const { input } = parseToolInput(inputText)
      return { id: call.id || this.#generateId(), name: call.name, input: input ?? inputText, inputText }
    })
  }

  /** Before the deltas of the next value: arguments `{}` that it does not replace are the arguments. */
  beginValue(deltas: readonly AnswerDelta[], emit: EmitPart): void {
    if (this.#placeholders.size === 0) return
    const replaced = new Set(deltas.map((delta) => (hasInput(delta) ? this.#continuedBy(delta) : undefined)))
    for (const call of this.#placeholders) if (!replaced.has(call)) this.#settle(call, emit)
  }

  /** Takes a fragment and emits what it adds, if that can be shown already: nothing while the call has no name. */
  push(fragment: ToolCallFragment, emit: EmitPart): void {
    const call = this.#callOf(fragment)
    if (call.wireId === '' && fragment.id) {
      call.wireId = fragment.id
      this.#byWireId.set(fragment.id, call)
    }
    const input = call.characters.push(textOf(fragment.input))
    if (call.index !== undefined) this.#append(call, input, emit)
    else {
      call.waiting += input
      if (fragment.name) this.#start(call, fragment.name, emit)
    }
  }

  /** Ends all calls that are not complete yet. */
  end(emit: EmitPart): void {
    for (const call of this.#calls) {
      if (call.isEnded) continue
      if (call.index === undefined) this.#start(call, '', emit)
      const rest = call.characters.end()
      if (rest !== '') this.#append(call, rest, emit)
      if (call.holdsPlaceholder) this.#settle(call, emit)
      if (!call.isEnded) this.#end(call, emit)
    }
  }

  #start(call: AssembledCall, name: string, emit: EmitPart): void {
    call.name = name
    call.id = this.#isUsable(call.wireId) ? call.wireId : this.#generateId()
    this.#ids.add(call.id)
    call.index = this.#options.nextIndex()
    emit({ type: 'tool-call-start', index: call.index, id: call.id, name })
    const { waiting } = call
    call.waiting = ''
    this.#append(call, waiting, emit)
  }

  #append(call: AssembledCall, text: string, emit: EmitPart): void {
    if (text === '') return
    if (call.isEnded) {
      // After complete arguments there can be nothing but white space.
      if (text.trim() !== '') this.#isMalformed = true
      return
    }
    if (call.holdsPlaceholder) {
      this.#placeholders.delete(call)
      call.holdsPlaceholder = false
      if (text.trim() === '') this.#add(call, placeholder, emit)
    } else if (text === placeholder && call.inputText === '') {
      call.holdsPlaceholder = true
      this.#placeholders.add(call)
      return
    }
    if (!call.isEnded) this.#add(call, text, emit)
  }

  #settle(call: AssembledCall, emit: EmitPart): void {
    this.#placeholders.delete(call)
    call.holdsPlaceholder = false
    this.#add(call, placeholder, emit)
  }

  #add(call: AssembledCall, input: string, emit: EmitPart): void {
    call.inputText += input
    call.scanner.push(input)
    emit({ type: 'tool-call-delta', index: call.index ?? 0, input })
    if (call.scanner.isComplete) this.#end(call, emit)
  }

  #end(call: AssembledCall, emit: EmitPart): void {
    const { id, name, inputText, index = 0 } = call
    const { input, malformed } = parseToolInput(inputText)
    call.isEnded = true
    if (malformed || name === '') this.#isMalformed = true
    emit({ type: 'tool-call-end', index, id, name, inputText, input, malformed })
  }

  #callOf(fragment: ToolCallFragment): AssembledCall {
    const index = fragment.index ?? undefined
    const last = this.#continuedBy(fragment)
    if (last !== undefined) {
      if (index !== undefined) this.#byWireIndex.set(index, last)
      return last
    }
    if (this.#calls.length === mostToolCalls) {
      throw new SagemakerError('unexpected-response', `the answer has more than ${mostToolCalls} tool calls`)
    }
    const call = newCall()
    this.#calls.push(call)
    if (index !== undefined) this.#byWireIndex.set(index, call)
    return call
  }

  /** The call that a fragment goes on with; `undefined` if it begins one. */
  #continuedBy(delta: ToolCallFragment): AssembledCall | undefined {
    const index = delta.index ?? undefined
    const last = index === undefined ? this.#calls.at(-1) : this.#byWireIndex.get(index)
    if (last === undefined) return index === undefined ? undefined : this.#announced(delta)
    return beginsNewCall(delta, last) ? undefined : last
  }

  /** LocalAI announces a call at one index, without arguments, and sends it at the next one, with the same id. */
  #announced({ id, name }: ToolCallFragment): AssembledCall | undefined {
    const call = id && id !== '0' ? this.#byWireId.get(id) : undefined
    const isWithoutInput = call !== undefined && !hasBegun(call) && (!name || name === call.name)
    return isWithoutInput ? call : undefined
  }

  #generateId(): string {
    return this.#options.generateId?.() ?? randomId()
  }

  #isUsable(id: string): boolean {
    return id !== '' && id !== '0' && !this.#ids.has(id)
  }
}

const placeholder = '{}'

const idCharacters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789'

/** Nine letters and digits: the only form of an id that Mistral's chat templates take, and one that all others take. */
function randomId(): string {
  return Array.from(randomBytes(9), (byte) => idCharacters.charAt(byte % idCharacters.length)).join('')
}

function newCall(): AssembledCall {
  return {
    scanner: new JsonTextScanner(),
    characters: new WholeCharacters(),
    index: undefined,
    wireId: '',
    id: '',
    name: '',
    waiting: '',
    inputText: '',
    holdsPlaceholder: false,
    isEnded: false,
  }
}

/** Whether a fragment that names no call, or names one that was there before, is nevertheless the first of another one. */
function beginsNewCall(fragment: ToolCallFragment, last: AssembledCall): boolean {
  if (!fragment.name || last.name === '') return false
  const isOver = last.isEnded || last.holdsPlaceholder
  const isRepeated = fragment.name === last.name
  // Some servers make a new id for each fragment. A call whose arguments have begun and are not complete is not over.
  if (fragment.id && fragment.id !== last.wireId) return isOver || !isRepeated || !hasBegun(last)
  if ((fragment.index ?? undefined) === undefined) return isOver
  // The same index: another name, or arguments after complete ones, are another call. `{}` may stand for arguments to come.
  return isOver && (!isRepeated || (last.isEnded && hasInput(fragment)))
}

/** Whether there is something of the arguments. */
function hasBegun(call: AssembledCall): boolean {
  return call.holdsPlaceholder || call.inputText.trim() !== '' || call.waiting.trim() !== ''
}

function hasInput(delta: AnswerDelta): delta is ToolCallFragment {
  return delta.type === 'tool-call' && textOf(delta.input).trim() !== ''
}

function textOf(input: ToolCallFragment['input']): string {
  if (input === null || input === undefined) return ''
  return typeof input === 'string' ? input : JSON.stringify(input)
}
