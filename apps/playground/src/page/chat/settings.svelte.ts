import { initialParameterDrafts, type ParameterDrafts } from '../call/parameter-drafts.ts'
import { readSettings, type SettingsValues } from './settings/settings-values.ts'

const storageKey = 'playground.settings.1'

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
    const { markdown, ...values } = readStored()
    Object.assign(this, values)
    this.markdown = markdown
  }

  save(): void {
    const { systemPrompt, stream, splitReasoning, tools, markdown } = this
    const values: SettingsValues = { systemPrompt, drafts: $state.snapshot(this.drafts), stream, splitReasoning, tools }
    try {
      localStorage.setItem(storageKey, JSON.stringify({ ...values, markdown }))
    } catch {
      // A browser that keeps nothing still has a working page.
    }
  }

  reset(): void {
    this.drafts = initialParameterDrafts()
  }
}

function readStored(): ReturnType<typeof readSettings> {
  try {
    return readSettings(localStorage.getItem(storageKey))
  } catch {
    return readSettings(null)
  }
}
