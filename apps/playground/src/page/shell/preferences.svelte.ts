const storageKey = 'playground.preferences.1'

const themes = ['system', 'light', 'dark'] as const

/** What colours the page has: those of the system, or always the same. */
export type Theme = (typeof themes)[number]

/** How the page looks and listens. Kept in this browser. */
export class Preferences {
  #theme: Theme = $state('system')
  #singleKeys: boolean = $state(true)

  constructor() {
    const stored = readStored()
    const theme = themes.find((known) => known === stored['theme'])
    if (theme !== undefined) this.#theme = theme
    this.#singleKeys = stored['singleKeys'] !== false
    this.#apply()
  }

  get theme(): Theme {
    return this.#theme
  }

  /** Whether single keys, such as `?`, are shortcuts. They get in the way of speech input. */
  get singleKeys(): boolean {
    return this.#singleKeys
  }

  set singleKeys(singleKeys: boolean) {
    this.#singleKeys = singleKeys
    this.#save()
  }

  /** System, light, dark, and again from the start. */
  nextTheme(): void {
    this.#theme = themes[(themes.indexOf(this.#theme) + 1) % themes.length] ?? 'system'
    this.#apply()
    this.#save()
  }

  #apply(): void {
    if (this.#theme === 'system') delete document.documentElement.dataset['theme']
    else document.documentElement.dataset['theme'] = this.#theme
  }

  #save(): void {
    try {
      localStorage.setItem(storageKey, JSON.stringify({ theme: this.#theme, singleKeys: this.#singleKeys }))
    } catch {
      // A browser that keeps nothing still has a working page.
    }
  }
}

function readStored(): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(localStorage.getItem(storageKey) ?? '{}')
    return typeof value === 'object' && value !== null ? { ...value } : {}
  } catch {
    return {}
  }
}
