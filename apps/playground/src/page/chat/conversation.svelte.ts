import { Recording } from '../call/recording.svelte.ts'
import { recordRun } from '../call/record-run.ts'
import type { EndpointReference, RunMessage, RunRequest } from '../../protocol/run-request.ts'
import {
  activePath,
  addAnswer,
  addTurn,
  addVersion,
  branchAt,
  removeColumn,
  removeTurn,
  showAnswer,
  showVersion,
  type ConversationTree,
  type PathStep,
} from './tree/conversation-tree.ts'
import { messagesFor } from './tree/messages-for.ts'
import type { CallSettings } from './settings.svelte.ts'
import type { Question, ToolResult } from './tree/question.ts'

export const maxPanes = 3

/** Makes the request of a column out of its endpoint and its conversation so far. */
export type RequestBuilder = (endpoint: EndpointReference, messages: readonly RunMessage[], pane: number) => RunRequest

/** Up to three endpoints side by side, each with its own course of the same conversation. */
export class Conversation {
  id: string = $state(crypto.randomUUID())
  panes: EndpointReference[] = $state([])
  /** Settings of the columns that have their own. */
  ownSettings: (CallSettings | undefined)[] = $state([])
  /** Everything that was said, versions that are out of view included. */
  tree: ConversationTree<Recording> = $state.raw([])
  /** The turns in view. */
  readonly path: readonly PathStep<Recording>[] = $derived(activePath(this.tree))
  readonly running: boolean = $derived(recordingsOf(this.tree).some(({ status }) => status === 'running'))
  /** The tree before the latest deletion, until something else changes it. */
  #beforeDeletion: ConversationTree<Recording> | undefined = $state.raw()

  readonly mode: 'chat' | 'complete'
  readonly #aborts = new Map<Recording, AbortController>()

  constructor(mode: 'chat' | 'complete') {
    this.mode = mode
  }

  /** Asks every pane. Resolves when all have answered, failed or been stopped. */
  async send(question: Question, build: RequestBuilder): Promise<void> {
    await this.#askAll(this.#addTurn(question), build)
  }

  /** Asks every pane another version of a question. The earlier one stays, with what followed it. */
  async edit(turnId: string, question: Question, build: RequestBuilder): Promise<void> {
    const id = crypto.randomUUID()
    this.#change(addVersion(this.tree, turnId, { id, question }))
    await this.#askAll(id, build)
  }

  /** Answers the tool calls of one pane, and lets that pane go on. */
  async sendToolResults(pane: number, toolResults: readonly ToolResult[], build: RequestBuilder): Promise<void> {
    await this.#ask(this.#addTurn({ prompt: undefined, toolResults }), pane, build)
  }

  /** Asks one pane a question again. The earlier answers stay, with what followed them. */
  async retry(turnId: string, pane: number, build: RequestBuilder): Promise<void> {
    await this.#ask(turnId, pane, build)
  }

  showVersion(turnId: string): void {
    this.#change(showVersion(this.tree, turnId))
  }

  showAnswer(turnId: string, pane: number, answerId: string): void {
    this.#change(showAnswer(this.tree, turnId, pane, answerId))
  }

  /** Takes out one version of a turn with all that followed it. */
  removeTurn(turnId: string): void {
    const before = this.tree
    this.#change(removeTurn(before, turnId))
    this.#beforeDeletion = before
  }

  get canRestoreTurn(): boolean {
    return this.#beforeDeletion !== undefined
  }

  /** Takes back the latest deletion. */
  restoreTurn(): void {
    if (this.#beforeDeletion !== undefined) this.#change(this.#beforeDeletion)
  }

  /** Goes on in another conversation with what is in view, up to a turn. */
  branch(turnId: string): void {
    this.#change(branchAt(this.tree, turnId))
    this.id = crypto.randomUUID()
  }

  /** Stops what runs, or the call of one pane. */
  stop(recording?: Recording): void {
    for (const [running, abort] of this.#aborts) {
      if (recording !== undefined && recording !== running) continue
      abort.abort()
    }
  }

  clear(): void {
    this.#change([])
    this.id = crypto.randomUUID()
  }

  /** Takes an endpoint out, with all its answers. */
  removePane(pane: number): void {
    this.#change(removeColumn(this.tree, pane))
    this.panes.splice(pane, 1)
    this.ownSettings.splice(pane, 1)
  }

  /** Puts an earlier conversation in the place of this one. */
  restore(
    id: string,
    panes: EndpointReference[],
    tree: ConversationTree<Recording>,
    ownSettings: (CallSettings | undefined)[] = [],
  ): void {
    this.#change(tree)
    this.id = id
    this.panes = panes
    this.ownSettings = ownSettings
  }

  /** Calls whose answers are no longer in the tree are stopped. */
  #change(tree: ConversationTree<Recording>): void {
    this.tree = tree
    this.#beforeDeletion = undefined
    const kept = new Set(recordingsOf(tree))
    for (const [recording, abort] of this.#aborts) if (!kept.has(recording)) abort.abort()
  }

  #addTurn(question: Question): string {
    const id = crypto.randomUUID()
    const parentId = this.path.at(-1)?.turn.id
    this.#change(addTurn(this.tree, { id, question, parentId, independent: this.mode === 'complete' }))
    return id
  }

  async #askAll(turnId: string, build: RequestBuilder): Promise<void> {
    await Promise.all(this.panes.map((_, pane) => this.#ask(turnId, pane, build)))
  }

  async #ask(turnId: string, pane: number, build: RequestBuilder): Promise<void> {
    const endpoint = this.panes[pane]
    if (endpoint === undefined) return
    const messages = messagesFor(this.tree, turnId, pane)
    // What is continued is the prompt itself, and no answer before it.
    const asked = this.mode === 'complete' ? messages.slice(-1) : messages
    const recording = new Recording(build($state.snapshot(endpoint), asked, pane))
    this.#change(addAnswer(this.tree, turnId, pane, recording))
    const abort = new AbortController()
    this.#aborts.set(recording, abort)
    await recordRun(recording, abort.signal)
    this.#aborts.delete(recording)
  }
}

const recordingsOf = (tree: ConversationTree<Recording>): Recording[] => tree.flatMap(({ answers }) => answers.flat())
