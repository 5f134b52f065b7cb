import { createInterface, type Interface } from 'node:readline'
import { exitCodes, type ExitCode } from '../exit-codes.ts'
import { reportError, type ErrorReport } from '../report-error.ts'
import type { TerminalContext } from '../terminal-context.ts'
import { chatCommand } from './chat-command.ts'
import type { Conversation } from './conversation.ts'

/**
 * A conversation, line by line. Ctrl-C stops the answer; another one, with nothing said in between, ends the conversation.
 * Ctrl-D and /exit end it, too.
 */
export async function converse(
  conversation: Conversation,
  context: TerminalContext,
  report: ErrorReport,
): Promise<ExitCode> {
  const { input, notes, interruption } = context
  const lines = createInterface({ input, output: notes.stream, prompt: notes.style('cyan', '> '), terminal: true })
  const breaks = new Breaks(lines, () => void notes.line(notes.style('dim', '\n(Ctrl-C again or Ctrl-D ends)')))
  // The terminal is in raw mode: what it does with Ctrl-C is up to readline. A signal comes from elsewhere.
  lines.on('SIGINT', () => breaks.interrupt())
  interruption.handle(() => breaks.interrupt())
  await notes.line(notes.style('dim', 'Ctrl-C stops an answer, Ctrl-D ends, /help tells more.'))
  lines.prompt()
  let unfinished = ''
  for await (const line of lines) {
    breaks.reset()
    const text = `${unfinished}${line}`
    unfinished = text.endsWith('\\') ? `${text.slice(0, -1)}\n` : ''
    if (unfinished === '' && text.trim() !== '') {
      const outcome = text.startsWith('/') ? await chatCommand(text, conversation, notes) : 'say'
      if (outcome === 'exit') break
      if (outcome === 'say') await answer((signal) => conversation.say(text, signal))
      if (outcome === 'retry') await answer((signal) => conversation.retry(signal))
    }
    if (breaks.isOver) break
    lines.prompt()
  }
  lines.close()
  if (breaks.isOver) await notes.line()
  return breaks.isOver ? exitCodes.interrupted : exitCodes.success

  async function answer(ask: (signal: AbortSignal) => Promise<void>): Promise<void> {
    try {
      await ask(breaks.beginAnswer())
    } catch (error) {
      const code = await reportError(error, context, report)
      if (code === exitCodes.interrupted) await notes.line(notes.style('dim', '(stopped)'))
    } finally {
      breaks.endAnswer()
    }
  }
}

/** Counts the presses of Ctrl-C since the last line. */
class Breaks {
  isOver = false
  readonly #lines: Interface
  readonly #hint: () => void
  #count = 0
  #answer: AbortController | undefined

  constructor(lines: Interface, hint: () => void) {
    this.#lines = lines
    this.#hint = hint
  }

  reset(): void {
    this.#count = 0
  }

  beginAnswer(): AbortSignal {
    this.#answer = new AbortController()
    return this.#answer.signal
  }

  endAnswer(): void {
    this.#answer = undefined
  }

  interrupt(): void {
    this.#count++
    this.#answer?.abort()
    if (this.#count > 1) {
      this.isOver = true
      this.#lines.close()
    } else if (this.#answer === undefined) {
      this.#hint()
      // What was typed so far is given up, as in a shell.
      this.#lines.write(null, { ctrl: true, name: 'e' })
      this.#lines.write(null, { ctrl: true, name: 'u' })
      this.#lines.prompt()
    }
  }
}
