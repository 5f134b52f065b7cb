import { Recording } from '../call/recording.svelte.ts'
import { recordRun } from '../call/record-run.ts'
import type { EndpointReference, RunMessage, RunRequest } from '../../protocol/run-request.ts'

export const maxPanes = 3

export interface ToolResult {
  readonly toolCallId: string
  readonly content: string
}

/** One prompt, or the results of tools, and what each pane answered. A pane that was not asked has no answer. */
export interface Turn {
  readonly id: string
  readonly prompt: string | undefined
  readonly toolResults: readonly ToolResult[]
  answers: (Recording | undefined)[]
}

/** Makes a request out of an endpoint and its conversation so far. */
export type RequestBuilder = (endpoint: EndpointReference, messages: readonly RunMessage[]) => RunRequest

/** Up to three endpoints side by side, each with its own course of the same conversation. */
export class Conversation {
  id: string = $state(crypto.randomUUID())
  panes: EndpointReference[] = $state([])
  turns: Turn[] = $state([])
  readonly running: boolean = $derived(
    this.turns.some((turn) => turn.answers.some((answer) => answer?.status === 'running')),
  )

  readonly mode: 'chat' | 'complete'
  readonly #aborts = new Map<Recording, AbortController>()

  constructor(mode: 'chat' | 'complete') {
    this.mode = mode
  }

  /** Asks every pane. Resolves when all have answered, failed or been stopped. */
  async send(prompt: string, build: RequestBuilder): Promise<void> {
    const turn = this.#addTurn({ prompt, toolResults: [] })
    await Promise.all(this.panes.map((endpoint, pane) => this.#ask(turn, pane, endpoint, build)))
  }

  /** Answers the tool calls of one pane, and lets that pane go on. */
  async sendToolResults(pane: number, toolResults: readonly ToolResult[], build: RequestBuilder): Promise<void> {
    const endpoint = this.panes[pane]
    if (endpoint === undefined) return
    await this.#ask(this.#addTurn({ prompt: undefined, toolResults }), pane, endpoint, build)
  }

  /** Asks one pane the last question again; the earlier answer gives way. */
  async retry(pane: number, build: RequestBuilder): Promise<void> {
    const endpoint = this.panes[pane]
    const turn = this.turns.at(-1)
    if (endpoint !== undefined && turn !== undefined) await this.#ask(turn, pane, endpoint, build)
  }

  /** Stops what runs, or the call of one pane. */
  stop(recording?: Recording): void {
    for (const [running, abort] of this.#aborts) {
      if (recording !== undefined && recording !== running) continue
      abort.abort()
    }
  }

  clear(): void {
    this.stop()
    this.turns = []
    this.id = crypto.randomUUID()
  }

  /** Takes an endpoint out, with all its answers. */
  removePane(pane: number): void {
    for (const turn of this.turns) {
      const answer = turn.answers[pane]
      if (answer !== undefined) this.stop(answer)
      turn.answers.splice(pane, 1)
    }
    this.panes.splice(pane, 1)
  }

  /** Puts an earlier conversation in the place of this one. */
  restore(id: string, panes: EndpointReference[], turns: Turn[]): void {
    this.stop()
    this.id = id
    this.panes = panes
    this.turns = turns
  }

  #addTurn(turn: Pick<Turn, 'prompt' | 'toolResults'>): Turn {
    this.turns.push({ id: crypto.randomUUID(), answers: [], ...turn })
    return this.turns.at(-1) as Turn
  }

  async #ask(turn: Turn, pane: number, endpoint: EndpointReference, build: RequestBuilder): Promise<void> {
    const before = this.turns.slice(0, this.turns.indexOf(turn))
    const messages = this.mode === 'complete' ? [] : before.flatMap((earlier) => messagesOf(earlier, pane))
    const recording = new Recording(build($state.snapshot(endpoint), [...messages, ...questionOf(turn)]))
    turn.answers[pane] = recording
    await this.#record(recording)
  }

  async #record(recording: Recording): Promise<void> {
    const abort = new AbortController()
    this.#aborts.set(recording, abort)
    await recordRun(recording, abort.signal)
    this.#aborts.delete(recording)
  }
}

function questionOf(turn: Turn): RunMessage[] {
  if (turn.prompt !== undefined) return [{ role: 'user', content: turn.prompt }]
  return turn.toolResults.map(({ toolCallId, content }) => ({ role: 'tool', toolCallId, content }))
}

/** A turn that gave this pane nothing to build on is left out, question and all. */
function messagesOf(turn: Turn, pane: number): RunMessage[] {
  const answer = turn.answers[pane]
  if (answer === undefined || (answer.text === '' && answer.toolCalls.length === 0)) return []
  const toolCalls = answer.toolCalls.map(({ id, name, input }) => ({ id, name, input: parseInput(input) }))
  const reply: RunMessage = { role: 'assistant', content: answer.text, ...(toolCalls.length > 0 && { toolCalls }) }
  return [...questionOf(turn), reply]
}

function parseInput(input: string): unknown {
  try {
    return input === '' ? {} : JSON.parse(input)
  } catch {
    return input
  }
}
