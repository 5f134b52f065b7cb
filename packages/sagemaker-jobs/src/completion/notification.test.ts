import { assert, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { readNotifications } from './notification.ts'

const completed = {
  awsRegion: 'us-west-2',
  invocationStatus: 'Completed',
  eventName: 'InferenceResult',
  eventSource: 'aws:sagemaker',
  inferenceId: 'job-0000001',
  responseParameters: { contentType: 'application/json', outputLocation: 's3://b/k.out' },
}
const failed = { ...completed, invocationStatus: 'Failed', failureReason: 'too long', responseParameters: undefined }
const envelope = (message: unknown) => ({ Type: 'Notification', MessageId: 'x', Message: JSON.stringify(message) })
const s3Event = (key: string, eventName = 'ObjectCreated:Put') => ({
  Records: [{ eventSource: 'aws:s3', eventName, s3: { bucket: { name: 'b' }, object: { key, size: 1 } } }],
})

test.each([
  ['raw', completed, { kind: 'inference', inferenceId: 'job-0000001', succeeded: true }],
  ['in an envelope', envelope(completed), { kind: 'inference', inferenceId: 'job-0000001', succeeded: true }],
  ['failed', failed, { kind: 'inference', inferenceId: 'job-0000001', succeeded: false, reason: 'too long' }],
  ['of S3', s3Event('a+b/%C3%BC%2B.out'), { kind: 'object', uri: 's3://b/a b/ü+.out' }],
  ['of S3 in an envelope', envelope(s3Event('k')), { kind: 'object', uri: 's3://b/k' }],
])('a message %s is read', (_, message, expected) => {
  expect(readNotifications(JSON.stringify(message))).toEqual([expected])
})

test.each([
  ['test event of S3', { Service: 'Amazon S3', Event: 's3:TestEvent', Bucket: 'b' }],
  ['deleted object', s3Event('k', 'ObjectRemoved:Delete')],
  ['key that is not encoded', s3Event('%')],
  ['confirmation of a subscription', { Type: 'SubscriptionConfirmation', Message: 'You have chosen to subscribe' }],
])('a %s says nothing', (_, message) => {
  expect(readNotifications(JSON.stringify(message))).toEqual([])
})

test('any other text says nothing', () => {
  assert(property(string(), (text) => readNotifications(text).length === 0))
})
