import { initialParameterDrafts, type ParameterDrafts } from '../call/parameter-drafts.ts'
import { readPresets, withoutPreset, withPreset, type Preset } from './settings/presets.ts'
import { readSettings, type SettingsValues } from './settings/settings-values.ts'

const storageKey = 'playground.settings.1'
const presetsKey = 'playground.presets.1'

/** How calls are made: for all columns, or for one of them. */
export class CallSettings {
  systemPrompt: string = $state('')
  drafts: ParameterDrafts = $state(initialParameterDrafts())
  stream: boolean = $state(true)
  /** Models that think aloud in their text; holds text back until it shows whether it is a thought. */
  splitReasoning: boolean = $state(false)
  /** JSON text. */
  tools: string = $state('')
  toolChoice: string = $state('')
  /** JSON text. */
  answerSchema: string = $state('')

  constructor(values: SettingsValues) {
    this.apply(values)
  }

  get values(): SettingsValues {
    const { systemPrompt, drafts, stream, splitReasoning, tools, toolChoice, answerSchema } = this
    return { systemPrompt, drafts: { ...drafts }, stream, splitReasoning, tools, toolChoice, answerSchema }
  }

  apply({ drafts, ...values }: SettingsValues): void {
    Object.assign(this, values)
    this.drafts = { ...drafts }
  }

  resetParameters(): void {
    this.drafts = initialParameterDrafts()
  }
}

/** The settings of this browser. */
export class Settings {
  /** Of every column without its own. */
  readonly shared: CallSettings
  markdown: boolean = $state(false)
  /** In US dollars, as it was typed in. */
  hourlyPrice: string = $state('')
  presets: readonly Preset[] = $state.raw(readPresets(stored(presetsKey)))

  constructor() {
    const { markdown, hourlyPrice, ...values } = readSettings(stored(storageKey))
    this.shared = new CallSettings(values)
    this.markdown = markdown
    this.hourlyPrice = hourlyPrice
  }

  save(): void {
    store(storageKey, { ...this.shared.values, markdown: this.markdown, hourlyPrice: this.hourlyPrice })
  }

  /** Keeps settings under a name; those of the same name give way. */
  savePreset(name: string, settings: CallSettings): void {
    this.#storePresets(withPreset(this.presets, name, settings.values))
  }

  deletePreset(name: string): void {
    this.#storePresets(withoutPreset(this.presets, name))
  }

  #storePresets(presets: readonly Preset[]): void {
    this.presets = presets
    store(presetsKey, presets)
  }
}

// A browser that keeps nothing still has a working page.

function stored(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function store(key: string, value: unknown): void {
  try {
    localStorage.setItem(key, JSON.stringify(value))
  } catch {
    // Full, or not allowed.
  }
}
