import type { Turn } from '../language/beginning.ts'
import type { GeneratedToken } from '../language/generate.ts'
import { startGeneration } from './generation.ts'
import { StopFilter } from './stop-filter.ts'

/** A piece of an answer; the last one says how it ended. */
export interface Delta {
  /** May be empty at the end. */
  readonly text: string
  /** The token with which the piece ended. */
  readonly token: GeneratedToken
  readonly end?: AnswerEnd | undefined
}

/** How an answer ended. */
export interface AnswerEnd {
  readonly finishReason: 'stop' | 'length'
  /** The stop sequence that was met. */
  readonly stopSequence: string | undefined
  readonly inputTokens: number
  readonly outputTokens: number
}

/** What most servers let a caller choose. */
export interface DeltaOptions {
  readonly maxNewTokens: number
  readonly temperature: number
  readonly topP?: number | undefined
  readonly topK?: number | undefined
  readonly seed: number | string
  /** Searched in the text of the answer, which ends before the first one. */
  readonly stopSequences: readonly string[]
}

/** Generates an answer piece by piece, in the way of vLLM and most other servers: its text does not contain the stop sequence. */
export function* generateDeltas(prompt: string | readonly Turn[], options: DeltaOptions): Generator<Delta, void> {
  const { inputLength, tokens } = startGeneration(prompt, options)
  const filter = new StopFilter(options.stopSequences)
  let outputTokens = 0
  let next = tokens.next()
  while (!next.done) {
    const token = next.value
    outputTokens++
    const text = filter.push(token.special ? '' : token.text)
    next = tokens.next()
    const finishReason = filter.matched === undefined && next.done ? next.value : undefined
    if (filter.matched !== undefined || finishReason !== undefined) {
      const end: AnswerEnd = {
        finishReason: finishReason === 'length' ? 'length' : 'stop',
        stopSequence: filter.matched,
        inputTokens: inputLength,
        outputTokens,
      }
      yield { text: text + filter.end(), token, end }
      return
    }
    if (text !== '') yield { text, token }
  }
}

/** A whole answer. */
export interface WholeAnswer {
  readonly text: string
  readonly deltas: readonly Delta[]
  readonly end: AnswerEnd
}

export function wholeAnswer(deltas: Iterable<Delta>): WholeAnswer {
  const all = [...deltas]
  const end = all.at(-1)?.end
  if (end === undefined) throw new Error('An answer ended without a reason.')
  return { text: all.map(({ text }) => text).join(''), deltas: all, end }
}
