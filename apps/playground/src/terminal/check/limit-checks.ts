import { formatDuration } from '../../page/call/format.ts'
import type { RecordedAnswer } from './ask-model.ts'
import { callError, excerpt, fail, pass, skipped, warn, type Finding } from './finding.ts'
import type { Subject } from './subject.ts'

/** SageMaker passes request bodies of up to 25 MB to the container. */
const sizesOfContainer = [1, 6, 24] as const
/** What is sent to an endpoint crosses a network. */
const sizesOfEndpoint = [1] as const

/** Checks large request bodies: the last request of the model, filled up with white space. */
export async function checkPayload({ containerUrl, endpoint, sent, signal }: Subject): Promise<Finding> {
  const { last } = sent
  if (last === undefined) return skipped('No request was answered.')
  const sizes = containerUrl === undefined ? sizesOfEndpoint : sizesOfContainer
  let largest = 0
  for (const megabytes of sizes) {
    const body = Buffer.alloc(megabytes * 1_000_000, ' ')
    body.set(last.body)
    const { accept, contentType } = last
    try {
      await endpoint.invoke(body, {
        ...(accept !== undefined && { accept }),
        ...(contentType !== undefined && { contentType }),
        signal,
      })
    } catch (error) {
      const { code, message, originalMessage, originalStatusCode: status } = callError(error)
      const limit = `takes ${largest === 0 ? 'no' : `${largest} MB, not`} ${megabytes} MB`
      if (status === 413) return pass(`${limit}: 413 "${excerpt(originalMessage ?? message, 80)}"`)
      if (status === undefined || status >= 500)
        return fail(`${limit}: ${status ?? code}, ${excerpt(originalMessage ?? message)}`)
      return warn(`${limit}: ${status} in place of 413, "${excerpt(originalMessage ?? message, 80)}"`)
    }
    largest = megabytes
  }
  return pass(`takes ${largest} MB`)
}

/** SageMaker ends `InvokeEndpoint` after this time, in seconds. */
const invokeLimitSeconds = 60
/** Tokens that the packages ask for by default. */
const defaultTokens = 512

/** Estimates whether a whole answer of the default length is ready before SageMaker ends the call. */
export function judgeDuration({ durationMs, usage }: RecordedAnswer): Finding {
  const tokens = usage?.outputTokens
  if (!tokens) return skipped('The container does not report how many tokens it generated.')
  const perSecond = tokens / (durationMs / 1000)
  const wholeMs = (defaultTokens / perSecond) * 1000
  const facts = `${perSecond.toFixed(perSecond < 10 ? 1 : 0)} tokens a second: ${defaultTokens} tokens take about ${formatDuration(wholeMs)}`
  if (wholeMs < invokeLimitSeconds * 1000) return pass(facts)
  const most = Math.floor(perSecond * invokeLimitSeconds)
  return warn(
    `${facts}. InvokeEndpoint ends after ${invokeLimitSeconds} s: stream, or set maxNewTokens to at most ${most}.`,
  )
}
