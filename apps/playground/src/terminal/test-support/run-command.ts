import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

/** The program and the arguments that start it from its source. */
export const program: readonly [string, ...string[]] = [
  process.execPath,
  '--conditions=@x/source',
  fileURLToPath(new URL('../../playground.ts', import.meta.url)),
]

/** An environment in which nothing but the test decides: no credentials, no colours by accident. */
export const cleanEnvironment: NodeJS.ProcessEnv = {
  PATH: process.env['PATH'],
  HOME: '/nonexistent',
  AWS_EC2_METADATA_DISABLED: 'true',
  TERM: 'xterm-256color',
}

export interface CommandEnd {
  readonly code: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
}

export interface RunningCommand {
  readonly child: ChildProcessWithoutNullStreams
  readonly end: Promise<CommandEnd>
  /** Resolves when this has been written, to standard output or standard error. */
  readonly written: (text: string | RegExp) => Promise<void>
}

/** Starts a program. Its standard input is closed unless it is left to the caller. */
export function startProgram(
  [file, ...args]: readonly [string, ...string[]],
  { environment, keepInput = false }: { environment?: NodeJS.ProcessEnv; keepInput?: boolean } = {},
): RunningCommand {
  const child = spawn(file, args, { env: { ...cleanEnvironment, ...environment } })
  const output = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const) {
    child[name].setEncoding('utf8').on('data', (text: string) => {
      output[name] += text
      child.emit('written')
    })
  }
  // A program that ends early does not read what it was sent.
  child.stdin.on('error', () => {})
  if (!keepInput) child.stdin.end()
  const end: Promise<CommandEnd> = once(child, 'close').then(([code, signal]) => ({ code, signal, ...output }))
  const isWritten = (text: string | RegExp): boolean =>
    [output.stdout, output.stderr].some((all) => (typeof text === 'string' ? all.includes(text) : text.test(all)))
  const written = async (text: string | RegExp): Promise<void> => {
    while (!isWritten(text)) {
      const ended = await Promise.race([once(child, 'written'), end])
      if (!Array.isArray(ended) && !isWritten(text))
        throw new Error(`ended without ${String(text)}: ${JSON.stringify(ended)}`)
    }
  }
  return { child, end, written }
}

/** Runs `playground` with arguments and, if given, standard input. */
export function playground(
  args: readonly string[],
  { input, ...options }: { input?: string; environment?: NodeJS.ProcessEnv; keepInput?: boolean } = {},
): RunningCommand {
  const command = startProgram([...program, ...args], {
    ...options,
    keepInput: options.keepInput ?? input !== undefined,
  })
  if (input !== undefined) command.child.stdin.end(input)
  return command
}
