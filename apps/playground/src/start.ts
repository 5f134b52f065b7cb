#!/usr/bin/env node
// What `npm start` runs once everything is built.
import { join } from 'node:path'
import { helpText, UsageError } from './command-line.ts'
import { createTerminal } from './demo/terminal.ts'
import { runPlayground } from './run-playground.ts'

const pageFolder = join(import.meta.dirname, '..', 'dist', 'page')

/** Errors that the user can fix are printed as one sentence; everything else is a defect, and printed in full. */
function fail(error: unknown): void {
  process.exitCode = error instanceof UsageError ? 2 : 1
  const { code, message, name } = error as NodeJS.ErrnoException
  if (name === 'AbortError') process.exitCode = 130
  else if (error instanceof UsageError) console.error(message)
  else if (code === 'EADDRINUSE')
    console.error('The port is taken: choose another one with --port, or leave --port out.')
  else if (code === 'ENOENT') console.error('The page has not been built: npm start in the root folder builds it.')
  else console.error(error)
}

const args = process.argv.slice(2)
if (args.includes('--help') || args.includes('-h')) {
  process.stdout.write(helpText)
} else {
  const interrupted = new AbortController()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => interrupted.abort())
  const terminal = createTerminal(process.stdout)
  await runPlayground(args, { terminal, pageFolder, signal: interrupted.signal }).catch(fail)
}
