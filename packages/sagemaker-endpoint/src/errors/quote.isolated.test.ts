import { expect, test } from 'vitest'
import { quote } from './quote.ts'

test('a short message stays as it is, on one line', () => {
  expect(quote(' CUDA out of memory.\n\tTried to allocate ')).toBe('CUDA out of memory. Tried to allocate')
})

test('a long message is cut to 300 characters, not within one of them', () => {
  expect(quote('x'.repeat(300))).toBe('x'.repeat(300))
  expect(quote('x'.repeat(301))).toBe(`${'x'.repeat(299)}…`)
  expect(quote(`${'x'.repeat(298)}🙂🙂`)).toBe(`${'x'.repeat(298)}…`)
})

test('the text of the request is taken out before the message is cut', () => {
  const prompt = Array.from({ length: 100 }, () => 'a very long prompt').join(' ')
  const request = new TextEncoder().encode(JSON.stringify({ inputs: prompt }))
  expect(quote(`cannot read "${prompt}": too long`, request)).toBe('cannot read "[request text]": too long')
})

test.each([
  [
    'Authorization: Bearer sagemaker-api-key-c2FnZW1ha2Vy/+==, and so on',
    'Authorization: Bearer [credential], and so on',
  ],
  [
    "should have been 'POST\nx-amz-security-token:IQoJb3JpZ2lu/+=\nhost'",
    "should have been 'POST x-amz-security-token:[credential] host'",
  ],
  [
    '?X-Amz-Security-Token=IQoJb3Jp%2F&X-Amz-Signature=0123abcd&x=1',
    '?X-Amz-Security-Token=[credential]&X-Amz-Signature=[credential]&x=1',
  ],
  ['key AKIAIOSFODNN7EXAMPLE is unknown', 'key [credential] is unknown'],
])('credentials are taken out of %j', (message, clean) => {
  expect(quote(message)).toBe(clean)
})
