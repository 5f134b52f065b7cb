import { errorFromContainer, parseContainerErrorText, SagemakerError } from '@x/sagemaker-endpoint'
import { isJsonObject, numberIn, parsedJson, stringIn } from '@x/sagemaker-endpoint/model-kit'

/** SageMaker's own words for a request that waited too long. There is no fixed format for them. */
const expired = /\bexpired\b.{0,40}\bqueue\b|RequestTTLSeconds/i

/**
 * The error that the text of a failure object, or of a notification, tells of: the container's answer, SageMaker's words about it, or
 * both. Texts of the request are kept out of its message.
 */
export function failureIn(text: string, endpointName: string, request: Uint8Array): SagemakerError {
  if (expired.test(text)) {
    const message = `the request waited in the queue for longer than it may (endpoint ${endpointName}). Lower maxInFlight, or add instances.`
    return new SagemakerError('timeout', message, { endpointName, retryable: true })
  }
  const { words, status } = containerPart(text)
  return errorFromContainer(parseContainerErrorText(words, status), { endpointName, request })
}

interface ContainerPart {
  readonly words: string
  readonly status?: number | undefined
}

const quoting = /Received (?:client|server) error \((\d{3})\) from [^\s"]{1,100} with message "/

/** `Received client error (400) from primary with message "...". See ...`, or the same as the exception's JSON. */
function containerPart(text: string): ContainerPart {
  const value = parsedJson(text)
  const words = isJsonObject(value) ? stringIn(value, 'OriginalMessage') : undefined
  if (words !== undefined) return { words, status: numberIn(value, 'OriginalStatusCode') }
  const quote = quoting.exec(text)
  if (quote === null) return { words: text }
  const start = quote.index + quote[0].length
  const end = text.lastIndexOf('"')
  return { words: text.slice(start, end > start ? end : undefined), status: Number(quote[1]) }
}
