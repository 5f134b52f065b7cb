import type { Recording } from '../call/recording.svelte.ts'
import { formatCount } from '../call/format.ts'

type Announced = Pick<Recording, 'status'> & { readonly metrics: Pick<Recording['metrics'], 'usage'> }

/** What a screen reader says of the answers that were asked for last: when they begin and when they end, not for each token. */
export function answerStatus(answers: readonly Announced[]): string {
  if (answers.length === 0) return ''
  if (answers.some(({ status }) => status === 'running')) return 'Answering…'
  const done = answers.filter(({ status }) => status === 'done')
  if (done.length === 1 && answers.length === 1) {
    const tokens = formatCount(done[0]?.metrics.usage?.outputTokens)
    return tokens === undefined ? 'Answer complete' : `Answer complete, ${tokens} tokens`
  }
  // Errors are alerts, and speak themselves.
  const stopped = answers.some(({ status }) => status === 'stopped')
  const complete = done.length === 0 ? '' : `${done.length} of ${answers.length} answers complete`
  return [complete, stopped ? 'Answer stopped' : ''].filter((part) => part !== '').join('. ')
}
