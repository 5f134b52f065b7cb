import { assert, property, string } from 'fast-check'
import { expect, test } from 'vitest'
import { failureIn } from './failure-object.ts'

const request = new TextEncoder().encode(JSON.stringify({ inputs: 'a secret prompt of some length' }))
const quoted = (status: number, words: string): string =>
  `Received ${status < 500 ? 'client' : 'server'} error (${status}) from primary with message "${words}". See https://eu-west-1.console.aws.amazon.com/x in account 1 for more information.`

test.each([
  ['the words of the container', '{"error":"inputs must not be empty","error_type":"validation"}', 'invalid-request'],
  ['words of SageMaker about it', quoted(400, '{"error":"wrong"}'), 'invalid-request'],
  ['an overloaded container', quoted(503, 'busy'), 'throttled'],
  ['a container that is throttled', quoted(429, 'Model is overloaded'), 'throttled'],
  ['a crash', quoted(500, 'CUDA error'), 'model-error'],
  [
    'an exception',
    JSON.stringify({ ErrorCode: 'X', OriginalMessage: 'no', OriginalStatusCode: 422 }),
    'invalid-request',
  ],
  ['plain text', 'Could not download s3://b/k: no such object.', 'model-error'],
  ['nothing', '', 'model-error'],
])('%s', (_, text, code) => {
  expect(failureIn(text, 'e', request)).toMatchObject({ code, endpointName: 'e' })
})

test('a request that expired in the queue may succeed when it is sent again', () => {
  const error = failureIn('The request expired in the queue: no container took it.', 'e', request)
  expect(error).toMatchObject({ code: 'timeout', retryable: true })
})

test('keeps the prompt out of the message, whatever the text', () => {
  const echo = quoted(400, 'cannot answer a secret prompt of some length')
  expect(failureIn(echo, 'e', request).message).not.toContain('secret prompt of some')
  assert(property(string(), (text) => failureIn(text, 'e', request).endpointName === 'e'))
})
