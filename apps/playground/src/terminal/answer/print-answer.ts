import type { ChatChunk, CompletionChunk } from '@x/sagemaker-llm'
import type { TerminalContext } from '../terminal-context.ts'
import { AnswerText } from './answer-text.ts'
import { answerEnd, describeEnd } from './answer-end.ts'

/** How an answer is written. */
export interface AnswerFormat {
  /** As JSON lines, each an event. */
  readonly json?: boolean | undefined
  /** With times, tokens and reasoning on standard error, also where that is no terminal. */
  readonly verbose?: boolean | undefined
  /** Whether it arrives in pieces, so that its first token has its own time. */
  readonly stream: boolean
}

/**
 * Writes an answer while it arrives. What was written stays written if the answer breaks off.
 *
 * @returns its text.
 */
export async function printAnswer(
  chunks: AsyncIterable<ChatChunk | CompletionChunk>,
  { output, notes }: Pick<TerminalContext, 'output' | 'notes'>,
  { json = false, verbose = false, stream }: AnswerFormat,
): Promise<string> {
  const shown = verbose || notes.isTerminal
  const text = new AnswerText(output)
  const startedAt = performance.now()
  let firstTokenMs: number | undefined
  let last: ChatChunk | CompletionChunk | undefined
  let isReasoning = false
  try {
    for await (const chunk of chunks) {
      last = chunk
      const reasoning = 'reasoningDelta' in chunk ? (chunk.reasoningDelta ?? '') : ''
      if (stream && (chunk.delta !== '' || reasoning !== '')) firstTokenMs ??= performance.now() - startedAt
      if (json) {
        await printEvents(chunk, output)
        continue
      }
      if (reasoning !== '' && shown) {
        await notes.write(notes.style('dim', notes.foreign(reasoning)))
        isReasoning = true
      }
      if (chunk.delta === '') continue
      if (isReasoning) await notes.line()
      isReasoning = false
      await text.write(chunk.delta)
    }
  } finally {
    if (isReasoning) await notes.line()
    await text.end()
  }
  const end = answerEnd(last, { firstTokenMs, durationMs: performance.now() - startedAt })
  if (json) await output.json(end)
  else {
    for (const warning of end.warnings) await notes.line(`playground: ${notes.foreign(warning)}`)
    if (shown) await notes.line(notes.style('dim', notes.foreign(describeEnd(end))))
  }
  return end.text
}

async function printEvents(chunk: ChatChunk | CompletionChunk, output: TerminalContext['output']): Promise<void> {
  if ('reasoningDelta' in chunk && chunk.reasoningDelta !== undefined)
    await output.json({ type: 'reasoning', text: chunk.reasoningDelta })
  if (chunk.delta !== '') await output.json({ type: 'delta', text: chunk.delta })
  if ('toolCallDelta' in chunk && chunk.toolCallDelta !== undefined)
    await output.json({ type: 'toolCall', ...chunk.toolCallDelta })
}
