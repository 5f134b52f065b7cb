import { UsageError } from '../command-line.ts'
import { commands } from './commands.ts'
import { exitCodes } from './exit-codes.ts'
import type { ExitCode } from './exit-codes.ts'
import { commandHelp, overviewHelp } from './help.ts'
import type { TerminalContext } from './terminal-context.ts'

const helpWords: ReadonlySet<string | undefined> = new Set(['--help', '-h', 'help'])

/** Does what a command line says. What the user can mend is told in one sentence. */
export async function runCommandLine(args: readonly string[], context: TerminalContext): Promise<ExitCode> {
  const [name, ...rest] = args
  const { notes, output } = context
  if (helpWords.has(name)) {
    await output.write(overviewHelp())
    return exitCodes.success
  }
  if (name === undefined) {
    await notes.write(overviewHelp())
    return exitCodes.usage
  }
  try {
    const command = Object.hasOwn(commands, name) ? commands[name] : undefined
    if (command === undefined) {
      throw new UsageError(`There is no command ${name}, but ${Object.keys(commands).join(', ')}. See --help.`)
    }
    if (asksForHelp(rest)) {
      await output.write(commandHelp(name, command))
      return exitCodes.success
    }
    const run = await command.load()
    return await run(rest, context)
  } catch (error) {
    if (!(error instanceof UsageError)) throw error
    await notes.line(`playground: ${error.message}`)
    return exitCodes.usage
  }
}

function asksForHelp(args: readonly string[]): boolean {
  const end = args.indexOf('--')
  return (end === -1 ? args : args.slice(0, end)).some((arg) => arg === '--help' || arg === '-h')
}
