/** What answers and stream events of the demo models may hold; each format has only some of it. */
export interface ModelAnswer {
  readonly index: number
  readonly token: { readonly id: number; readonly text: string; readonly logprob: number; readonly special: boolean }
  readonly generated_text: string
  readonly details: {
    readonly finish_reason: string
    readonly generated_tokens: number
    readonly tokens: readonly ModelAnswer['token'][]
  }
  readonly choices: readonly [Choice, ...Choice[]]
  readonly usage: { readonly prompt_tokens: number; readonly completion_tokens: number; readonly total_tokens: number }
}

interface Choice {
  readonly index: number
  readonly text: string
  readonly finish_reason: string | null
  readonly message: { readonly role: string; readonly content: string }
  readonly delta: { readonly role?: string; readonly content?: string }
}
