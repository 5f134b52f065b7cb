import { text } from 'node:stream/consumers'
import { UsageError } from '../command-line.ts'
import type { TerminalContext } from './terminal-context.ts'

/**
 * The one text that a command is about: its argument, or standard input for `-` or for nothing where something is piped in.
 * The line end that closes standard input is not part of it.
 *
 * @returns `undefined` when there is neither an argument nor anything piped in.
 * @throws {UsageError} for several arguments, and for no text.
 */
export async function readInput(
  positionals: readonly string[],
  input: TerminalContext['input'],
): Promise<string | undefined> {
  const [argument, ...others] = positionals
  if (others.length > 0) throw new UsageError('One text at a time: put it in quotes. See --help.')
  if (argument === undefined && input.isTTY === true) return undefined
  const given = argument === undefined || argument === '-' ? (await text(input)).replace(/\r?\n$/, '') : argument
  if (given.trim() === '') throw new UsageError('The text is empty. See --help.')
  return given
}
