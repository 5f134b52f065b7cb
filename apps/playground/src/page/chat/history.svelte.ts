import { Recording } from '../call/recording.svelte.ts'
import type { Conversation } from './conversation.svelte.ts'
import { keptTurns, restoredTree, withoutImages, type KeptConversation } from './kept/kept-conversation.ts'
import { CallSettings } from './settings.svelte.ts'
import { readConversations, readFirstConversations } from './kept/kept-conversations.ts'

const storageKey = 'playground.history.2'
const firstStorageKey = 'playground.history.1'
const maxConversations = 50

/** Earlier conversations, newest first. They are kept in this browser and nowhere else. */
export class History {
  kept: readonly KeptConversation[] = $state.raw(readKept())

  /** Keeps a conversation as it stands; one that is kept already is replaced. One whose turns were all deleted is forgotten. */
  keep(conversation: Conversation): void {
    const others = this.kept.filter(({ id }) => id !== conversation.id)
    const own = conversation.tree.length > 0 ? [fitting(keptConversation(conversation))] : []
    this.#store([...own, ...others].slice(0, maxConversations))
  }

  /** Adds a conversation that was kept elsewhere, under its own new id. */
  add(conversation: KeptConversation): KeptConversation {
    const added = { ...fitting(conversation), id: crypto.randomUUID(), savedAt: new Date().toISOString() }
    this.#store([added, ...this.kept].slice(0, maxConversations))
    return added
  }

  forget(id: string): void {
    this.#store(this.kept.filter((kept) => kept.id !== id))
  }

  /** Stores as many as the browser has room for, newest first. */
  #store(conversations: readonly KeptConversation[]): void {
    for (let count = conversations.length; count >= 0; count--) {
      try {
        localStorage.setItem(storageKey, JSON.stringify(conversations.slice(0, count)))
        localStorage.removeItem(firstStorageKey)
        this.kept = conversations.slice(0, count)
        return
      } catch {
        // Full: the oldest one gives way.
      }
    }
  }
}

function readKept(): readonly KeptConversation[] {
  try {
    const kept = readConversations(localStorage.getItem(storageKey))
    return [...kept, ...readFirstConversations(localStorage.getItem(firstStorageKey))]
  } catch {
    // A browser that keeps nothing still has a working page.
    return []
  }
}

/** A browser keeps about five million characters. */
const maxCharacters = 1_500_000

const fitting = (conversation: KeptConversation): KeptConversation =>
  JSON.stringify(conversation).length > maxCharacters ? withoutImages(conversation) : conversation

/** A conversation as it stands. */
export function keptConversation(conversation: Conversation): KeptConversation {
  const { id, mode, tree } = conversation
  const panes = $state.snapshot(conversation.panes) as KeptConversation['panes']
  const own = panes.map((_, pane) => conversation.ownSettings[pane]?.values ?? null)
  const settings = own.some((values) => values !== null) ? { settings: own } : {}
  return { id, mode, savedAt: new Date().toISOString(), panes, ...settings, turns: keptTurns(tree) }
}

/** Brings a kept conversation back into view. */
export function recall({ id, panes, turns, settings = [] }: KeptConversation, conversation: Conversation): void {
  const tree = restoredTree(turns, (capture, answerId) => Recording.ofCapture(capture, answerId))
  const own = settings.map((values) => (values === null ? undefined : new CallSettings(values)))
  conversation.restore(id, [...panes], tree, own)
}
