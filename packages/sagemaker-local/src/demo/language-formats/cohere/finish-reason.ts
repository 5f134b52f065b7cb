import type { AnswerEnd } from '../deltas.ts'

export function cohereFinishReason({ finishReason, stopSequence }: AnswerEnd): string {
  if (finishReason === 'length') return 'MAX_TOKENS'
  return stopSequence === undefined ? 'COMPLETE' : 'STOP_SEQUENCE'
}
