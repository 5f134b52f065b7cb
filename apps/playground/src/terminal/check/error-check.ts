import { parseContainerErrorText, type SagemakerError } from '@x/sagemaker-endpoint'
import { callError, excerpt, fail, pass, warn, type Finding } from './finding.ts'
import type { Subject } from './subject.ts'

/** Requests that no container can answer. */
const badRequests = [
  ['a body that is not JSON', '{"inputs": '],
  ['a body without input', '{"unknown-member": 1}'],
] as const

/** Checks what bad requests get: a status from 400 to 499 and a message that says what is wrong. */
export async function checkErrors(subject: Subject): Promise<Finding> {
  const judged: Finding[] = []
  for (const [name, body] of badRequests) judged.push(judge(name, await answerTo(subject, body)))
  const worst = (['fail', 'warn', 'pass'] as const).find((verdict) => judged.some((one) => one.verdict === verdict))
  return { verdict: worst ?? 'pass', detail: judged.map(({ detail }) => detail).join('; ') }
}

async function answerTo({ endpoint, signal }: Subject, body: string): Promise<SagemakerError | string> {
  try {
    const { body: answer } = await endpoint.invoke(body, { contentType: 'application/json', signal })
    return new TextDecoder().decode(answer)
  } catch (error) {
    return callError(error)
  }
}

function judge(name: string, answer: SagemakerError | string): Finding {
  if (typeof answer === 'string')
    return warn(`${name} gets status 200: ${excerpt(answer, 80) || 'an empty body'}. Clients take it for an answer`)
  const { code, message, originalMessage, originalStatusCode: status } = answer
  if (status === undefined) return fail(`${name} gets no answer (${code}): ${message}`)
  const { message: words } = parseContainerErrorText(originalMessage ?? '', status)
  if (status >= 500)
    return warn(
      `${name} gets status ${status}, which counts as a fault of the container and is retried: "${excerpt(words, 80)}"`,
    )
  if (words === '') return warn(`${name} gets status ${status} without a message`)
  if (/<html|<!doctype/i.test(words)) return warn(`${name} gets status ${status} with HTML in place of a message`)
  return pass(`${name} gets ${status} "${excerpt(words, 80)}"`)
}
