import { expect, test } from 'vitest'
import { addPrefixAwareHeader } from './prefix-aware-header.ts'

test('the header is added where the SDK has not set it', () => {
  const request = { headers: { host: 'x' } }
  addPrefixAwareHeader(request, undefined)
  expect(request.headers).toEqual({ host: 'x' })
  addPrefixAwareHeader(request, 'prefix-1')
  expect(request.headers).toEqual({ host: 'x', 'x-amzn-sagemaker-prefix-aware-id': 'prefix-1' })
  addPrefixAwareHeader(request, 'prefix-2')
  expect(request.headers).toEqual({ host: 'x', 'x-amzn-sagemaker-prefix-aware-id': 'prefix-1' })
})
