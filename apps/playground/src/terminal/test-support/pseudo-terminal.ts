import { spawnSync } from 'node:child_process'
import { program, startProgram, type RunningCommand } from './run-command.ts'

/** `script` of util-linux, which is on every Debian; that of BSD and macOS takes other options. */
const hasScript = spawnSync('script', ['--version'], { encoding: 'utf8' }).stdout?.includes('util-linux') ?? false

/** Why there is no pseudo-terminal to test with; `undefined` when there is one. */
export function whyNoPseudoTerminal(): string | undefined {
  if (hasScript) return undefined
  const reason = 'no pseudo-terminal: script of util-linux is not installed'
  if (process.env['CI'] === 'true') throw new Error(reason)
  return reason
}

const quoted = (word: string): string => `'${word.replaceAll("'", `'\\''`)}'`

/**
 * Runs `playground` in its own pseudo-terminal: all three streams are that terminal, and what is sent to `child.stdin`
 * are keys. Output arrives as `stdout`.
 *
 * @param redirection - what a shell does with its streams, such as `> file`.
 */
export function playgroundInTerminal(args: readonly string[], redirection: string = ''): RunningCommand {
  const command = `${[...program, ...args].map(quoted).join(' ')} ${redirection}`
  return startProgram(['script', '--quiet', '--flush', '--return', '--command', command, '/dev/null'], {
    keepInput: true,
    environment: { SHELL: '/bin/sh' },
  })
}

/** Keys as a terminal sends them. */
export const keys = { controlC: '\u0003', controlD: '\u0004', enter: '\r' } as const
