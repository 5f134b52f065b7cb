import { arrayIn, isJsonObject, memberIn, objectIn, parsedJson, stringIn } from '@x/sagemaker-endpoint/model-kit'

/** What a message in a queue says. */
export type Notification =
  | { readonly kind: 'inference'; readonly inferenceId: string; readonly succeeded: boolean; readonly reason?: string }
  | { readonly kind: 'object'; readonly uri: string }

/**
 * Reads a message: SageMaker's notification in the envelope of SNS or raw, or an event notification of S3. Gives none for other
 * messages, such as the test event of S3.
 *
 * Formats: https://docs.aws.amazon.com/sagemaker/latest/dg/async-inference-check-predictions.html and
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/notification-content-structure.html
 */
export function readNotifications(body: string): readonly Notification[] {
  const value = parsedJson(body)
  if (!isJsonObject(value)) return []
  const message = stringIn(value, 'Message')
  if (message !== undefined && stringIn(value, 'Type') === 'Notification') return readNotifications(message)
  const inferenceId = stringIn(value, 'inferenceId')
  if (inferenceId !== undefined) {
    const reason = stringIn(value, 'failureReason')
    const succeeded = stringIn(value, 'invocationStatus') === 'Completed'
    return [{ kind: 'inference', inferenceId, succeeded, ...(reason !== undefined && { reason }) }]
  }
  return arrayIn(value, 'Records').flatMap((record): Notification[] => {
    const s3 = objectIn(record, 's3')
    const bucket = stringIn(memberIn(s3, 'bucket'), 'name')
    const key = stringIn(memberIn(s3, 'object'), 'key')
    const isNew = stringIn(record, 'eventName')?.startsWith('ObjectCreated') ?? true
    const decoded = key === undefined ? undefined : decodedKey(key)
    if (bucket === undefined || decoded === undefined || !isNew) return []
    return [{ kind: 'object', uri: `s3://${bucket}/${decoded}` }]
  })
}

/** Keys are URL-encoded, spaces as `+`. */
function decodedKey(key: string): string | undefined {
  try {
    return decodeURIComponent(key.replaceAll('+', ' '))
  } catch {
    return undefined
  }
}
