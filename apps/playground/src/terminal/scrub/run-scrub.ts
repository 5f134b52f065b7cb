import { readFile, writeFile } from 'node:fs/promises'
import { resolve } from 'node:path'
import { text } from 'node:stream/consumers'
import { UsageError } from '../../command-line.ts'
import { scrubCapture } from '../../scrub/scrub-capture.ts'
import { CapturedLineError } from '../../server/captures/captured-line.ts'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { scrubOptions } from '../options/command-options.ts'
import { parseOptions } from '../options/option-table.ts'
import type { TerminalContext } from '../terminal-context.ts'

/** `playground scrub`: a capture without what was said in it. */
export async function runScrub(args: readonly string[], { input, notes, output }: TerminalContext): Promise<ExitCode> {
  const { values, positionals } = parseOptions(args, scrubOptions)
  const [file, ...others] = positionals
  if (others.length > 0) throw new UsageError('One file at a time.')
  if (file === undefined && input.isTTY === true)
    throw new UsageError('Which capture? Give a file, or - for standard input.')
  if (file !== undefined && values.output !== undefined && resolve(file) === resolve(values.output))
    throw new UsageError(`${file} is what is read: choose another file to write.`)
  const capture = file === undefined || file === '-' ? await text(input) : await readCapture(file)
  const scrubbed = scrub(capture, file ?? 'standard input')
  if (values.output === undefined) await output.write(scrubbed)
  else {
    await writeFile(values.output, scrubbed, { mode: 0o600 }).catch((cause: NodeJS.ErrnoException) => {
      throw new UsageError(`${values.output} cannot be written (${cause.code ?? cause.message}).`, { cause })
    })
    await notes.line(
      `${values.output} has the same parts, times and errors, and nothing of what was said. Look through it before you share it.`,
    )
  }
  return exitCodes.success
}

async function readCapture(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((cause: NodeJS.ErrnoException) => {
    throw new UsageError(`${file} cannot be read (${cause.code ?? cause.message}).`, { cause })
  })
}

function scrub(capture: string, name: string): string {
  try {
    return scrubCapture(capture)
  } catch (error) {
    if (!(error instanceof CapturedLineError)) throw error
    throw new UsageError(`${name}: ${error.message}`, { cause: error })
  }
}
