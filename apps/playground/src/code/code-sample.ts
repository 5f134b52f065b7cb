/** A call as code to take away. */
export interface CodeSample {
  readonly id: 'packages' | 'ai-sdk' | 'sdk' | 'curl' | 'test'
  /** Name of its tab. */
  readonly title: string
  readonly language: 'typescript' | 'bash'
  readonly code: string
  /** What to know before it is run, one sentence or two each. */
  readonly notes: readonly string[]
}
