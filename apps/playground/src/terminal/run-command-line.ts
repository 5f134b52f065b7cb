import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { UsageError } from '../command-line.ts'
import { commands } from './commands.ts'
import { exitCodes, type ExitCode } from './exit-codes.ts'
import { commandHelp, overviewHelp } from './help.ts'
import type { TerminalContext } from './terminal-context.ts'

const helpWords: ReadonlySet<string> = new Set(['--help', '-h', 'help'])
const defaultCommand = 'page'

/** Whether the first word selects what is done. */
const isCommand = ([first]: readonly string[]): boolean =>
  first !== undefined && (!first.startsWith('-') || helpWords.has(first) || first === '--version')

/** Does what a command line says. An error that the user can fix is one sentence. */
export async function runCommandLine(args: readonly string[], context: TerminalContext): Promise<ExitCode> {
  const { notes, output } = context
  // Without a command, options are those of the page.
  const [name = defaultCommand, ...rest] = isCommand(args) ? args : [defaultCommand, ...args]
  if (helpWords.has(name)) {
    await output.write(overviewHelp())
    return exitCodes.success
  }
  if (name === '--version') {
    await output.line(await versionOf(context.packageFolder))
    return exitCodes.success
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

async function versionOf(packageFolder: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(packageFolder, 'package.json'), 'utf8')) as { version: string }
  return version
}
