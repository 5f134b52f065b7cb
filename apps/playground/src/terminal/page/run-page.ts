import { join } from 'node:path'
import { terminalLine } from '@x/loopback-guard'
import { parsePort, UsageError } from '../../command-line.ts'
import { servePlayground } from '../../serve-playground.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { parseOptions } from '../options/option-table.ts'
import { pageOptions } from '../options/command-options.ts'
import type { TerminalContext } from '../terminal-context.ts'
import { openBrowser } from './open-browser.ts'

/** `playground page`, also without a command: serves the page until Ctrl-C. */
export async function runPage(args: readonly string[], context: TerminalContext): Promise<ExitCode> {
  const { values, positionals } = parseOptions(args, pageOptions)
  const { interruption, notes, packageFolder } = context
  if (positionals.length > 0) throw new UsageError(`Unexpected argument '${positionals[0] ?? ''}'. See --help.`)
  const port = values.port === undefined ? undefined : parsePort(values.port)
  const { captures: folder } = values
  const onProblem = (problem: string): void => void notes.line(`playground: ${terminalLine(problem)}`)
  try {
    await using playground = await servePlayground({
      pageFolder: join(packageFolder, 'dist', 'page'),
      port,
      endpoints: values.endpoint ?? [],
      region: values.region,
      profile: values.profile,
      config: values.config,
      captures: folder,
      onProblem,
    })
    const { server, runtime } = playground
    await notes.line(`Playground     ${notes.style(['bold', 'cyan'], server.url)}`)
    await notes.line(notes.style('dim', `Demo models    ${runtime.url}`))
    if (folder !== undefined)
      await notes.line(notes.style('dim', `Captures       of ${terminalLine(folder)} appear in the view Calls`))
    await notes.line(
      notes.style('dim', `Captures       captureTo('${server.url}') in your program shows its calls here`),
    )
    await notes.line(notes.style('dim', 'Ctrl-C ends it.'))
    if (values.open === true && !(await openBrowser(server.url)))
      await notes.line('playground: No browser could be opened. Open the address above.')
    await aborted(interruption.signal)
    return exitCodes.success
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EADDRINUSE') throw error
    await notes.line(`playground: Port ${port} is in use. Choose another one, or leave --port out.`)
    return exitCodes.failure
  }
}

async function aborted(signal: AbortSignal): Promise<void> {
  if (!signal.aborted) await new Promise((resolve) => signal.addEventListener('abort', resolve, { once: true }))
}
