import { exitCodes } from './exit-codes.ts'
import { Interruption } from './interruption.ts'
import { runCommandLine } from './run-command-line.ts'
import type { TerminalContext } from './terminal-context.ts'
import { TextOutput } from './text-output.ts'

/** Runs what this process was started with. */
export async function main({ packageFolder }: Pick<TerminalContext, 'packageFolder'>): Promise<void> {
  // Who reads our output may stop reading, as `head` does: that ends us, too, and is nothing to complain about.
  for (const stream of [process.stdout, process.stderr]) {
    stream.on('error', (error: NodeJS.ErrnoException) => {
      if (error.code !== 'EPIPE') throw error
      process.exit(exitCodes.success)
    })
  }
  const interruption = new Interruption(() => process.exit(exitCodes.interrupted))
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => interruption.interrupt())
  process.exitCode = await runCommandLine(process.argv.slice(2), {
    input: process.stdin,
    output: new TextOutput(process.stdout),
    notes: new TextOutput(process.stderr),
    environment: process.env,
    interruption,
    packageFolder,
  })
}
