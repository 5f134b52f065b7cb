import { initialParameterDrafts } from '../call/parameter-drafts.ts'
import type { ParameterDrafts } from '../call/parameter-drafts.ts'

const storageKey = 'playground.settings.1'

interface StoredSettings {
  readonly systemPrompt: string
  readonly drafts: ParameterDrafts
  readonly stream: boolean
  readonly splitReasoning: boolean
  readonly tools: string
  readonly markdown: boolean
}

/** How calls are made and shown. Kept in this browser. */
export class Settings {
  systemPrompt: string = $state('')
  drafts: ParameterDrafts = $state(initialParameterDrafts())
  stream: boolean = $state(true)
  /** Models that think aloud in their text; holds text back until it shows whether it is a thought. */
  splitReasoning: boolean = $state(false)
  /** JSON text. */
  tools: string = $state('')
  markdown: boolean = $state(false)

  constructor() {
    const stored = readStored()
    if (stored === undefined) return
    this.systemPrompt = stored.systemPrompt ?? ''
    this.drafts = { ...initialParameterDrafts(), ...stored.drafts }
    this.stream = stored.stream ?? true
    this.splitReasoning = stored.splitReasoning ?? false
    this.tools = stored.tools ?? ''
    this.markdown = stored.markdown ?? false
  }

  save(): void {
    const { systemPrompt, stream, splitReasoning, tools, markdown } = this
    const drafts = $state.snapshot(this.drafts)
    const stored: StoredSettings = { systemPrompt, drafts, stream, splitReasoning, tools, markdown }
    try {
      localStorage.setItem(storageKey, JSON.stringify(stored))
    } catch {
      // A browser that keeps nothing still has a working page.
    }
  }

  reset(): void {
    this.drafts = initialParameterDrafts()
  }
}

function readStored(): Partial<StoredSettings> | undefined {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(storageKey) ?? 'null')
    return typeof value === 'object' && value !== null ? value : undefined
  } catch {
    return undefined
  }
}
