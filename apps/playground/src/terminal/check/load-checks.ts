import type { SagemakerError } from '@x/sagemaker-endpoint'
import { formatDuration } from '../../page/call/format.ts'
import { suggestedLanguageModel } from '../doctor/suggested-model.ts'
import { countingPrompt } from './ask-model.ts'
import { checkPing } from './container-http.ts'
import { callError, fail, pass, warn, type Finding } from './finding.ts'
import type { KnownSubject } from './subject.ts'

/** Answers that take less than this, in milliseconds, do not show whether requests wait for each other. */
const noticeableMs = 200

/**
 * Checks two requests at a time, and `/ping` meanwhile.
 *
 * @param call - Makes one short call.
 */
export async function checkLoad(
  { containerUrl, signal }: KnownSubject,
  call: () => Promise<unknown>,
): Promise<Finding> {
  // A container that never answers /ping was reported before.
  const pings = containerUrl !== undefined && (await checkPing(containerUrl, signal)).verdict === 'pass'
  const aloneMs = await timed(call)
  const both = (): Promise<number | SagemakerError> => timed(() => bothOf(call)).catch(callError)
  const [outcome, ping] = await Promise.all([both(), pings ? checkPing(containerUrl, signal) : undefined])
  if (ping !== undefined && ping.verdict !== 'pass') return fail(`While two requests run: ${ping.detail}`)
  if (typeof outcome !== 'number') {
    const detail = `One of two requests at a time fails: ${outcome.message}`
    return outcome.retryable ? warn(detail) : fail(detail)
  }
  const facts = `two at a time in ${formatDuration(outcome)}, one in ${formatDuration(aloneMs)}`
  const isSerial = (togetherMs: number): boolean => aloneMs > noticeableMs && togetherMs > 1.8 * aloneMs
  if (!isSerial(outcome)) return pass(facts)
  // Once can be chance.
  const again = await both()
  return typeof again === 'number' && !isSerial(again) ? pass(facts) : warn(`${facts}: one waits for the other.`)
}

/** Makes two calls at a time and waits for both, also if one fails. */
async function bothOf(call: () => Promise<unknown>): Promise<void> {
  for (const outcome of await Promise.allSettled([call(), call()]))
    if (outcome.status === 'rejected') throw outcome.reason
}

/** Checks that the container goes on after a caller left a stream at its first fragment. */
export async function checkLeaving(subject: KnownSubject, call: () => Promise<unknown>): Promise<Finding> {
  const { signal, suggestion } = subject
  const llm = await suggestedLanguageModel(subject, { maxNewTokens: 256 })
  const chunks =
    suggestion.call === 'complete'
      ? llm.streamComplete(countingPrompt, { signal })
      : llm.streamChat([{ role: 'user', content: countingPrompt }], { signal })
  for await (const { delta } of chunks) if (delta !== '') break
  try {
    return pass(`the next call is answered in ${formatDuration(await timed(call))}`)
  } catch (error) {
    const { message, retryable } = callError(error)
    const detail = `After a caller left a stream, the next call fails: ${message}`
    return retryable && !message.startsWith('timeout') ? warn(detail) : fail(detail)
  }
}

async function timed(act: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now()
  await act()
  return performance.now() - startedAt
}
