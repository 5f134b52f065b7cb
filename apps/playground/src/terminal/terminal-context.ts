import type { Interruption } from './interruption.ts'
import type { TextOutput } from './text-output.ts'

/** What a command has to do with. */
export interface TerminalContext {
  readonly input: NodeJS.ReadableStream & { readonly isTTY?: boolean }
  /** Results, and nothing else. */
  readonly output: TextOutput
  /** Everything else: prompts, progress, errors. */
  readonly notes: TextOutput
  readonly environment: Readonly<Record<string, string | undefined>>
  readonly interruption: Interruption
  /** Folder of the installed package: of its `package.json`, and of the built page in `dist/page`. */
  readonly packageFolder: string
}
