import { parseArgs } from 'node:util'
import { UsageError } from '../../command-line.ts'

/** An option of a command, for the parser and for its help. */
export interface CommandOption {
  readonly type: 'string' | 'boolean'
  readonly short?: string
  readonly multiple?: boolean
  /** What stands for its value in the help. */
  readonly value?: string
  readonly summary: string
}

/** Options by name. */
export type OptionTable = Readonly<Record<string, CommandOption>>

/** @throws {UsageError} */
export function parseOptions<Options extends OptionTable>(args: readonly string[], options: Options) {
  try {
    return parseArgs({ args: [...args], options, allowPositionals: true })
  } catch (error) {
    // Node's own sentence names the option; what follows it explains Node's parser.
    const [sentence] = (error instanceof Error ? error.message : String(error)).split(/\. |\.?\n/)
    throw new UsageError(`${sentence?.replace(/\.$/, '') ?? ''}. See --help.`, { cause: error })
  }
}
