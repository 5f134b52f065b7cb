import { expect, test } from 'vitest'
import { runtimeRequest } from '../../wire/runtime-request.ts'
import { completeRequest } from './runtime-command.ts'

const endpoint = { endpointName: 'it', prefixAwareId: 'prefix-1' }
const whole = runtimeRequest('invoke', { body: 'x', asyncInput: undefined }, endpoint, {})

test('the header of an option is added where the SDK has not set it', () => {
  const request = { headers: { host: 'x' } }
  completeRequest(request, { ...whole, routing: {} })
  expect(request).toEqual({ headers: { host: 'x' } })
  completeRequest(request, whole)
  expect(request.headers).toEqual({ host: 'x', 'x-amzn-sagemaker-prefix-aware-id': 'prefix-1' })
  completeRequest(request, { ...whole, routing: { prefixAwareId: 'prefix-2' } })
  expect(request.headers).toEqual({ host: 'x', 'x-amzn-sagemaker-prefix-aware-id': 'prefix-1' })
})

test('so are the options of an asynchronous call and its body', () => {
  const settings = { filename: 'answer.json', outputPathExtension: 'today' }
  const headers = { 'x-amzn-sagemaker-filename': 'answer.json', 'x-amzn-sagemaker-s3outputpathextension': 'today' }
  const inline = runtimeRequest('invokeAsync', { body: 'x', asyncInput: { body: 'x', ...settings } }, whole, {})
  const old: { headers: Record<string, string>; body?: unknown } = { headers: {} }
  completeRequest(old, inline)
  expect(old).toEqual({ headers: { ...headers, 'content-type': 'application/octet-stream' }, body: 'x' })
  const recent = { headers: { 'content-type': 'text/csv' }, body: 'y' }
  completeRequest(recent, inline)
  expect(recent).toEqual({ headers: { ...headers, 'content-type': 'text/csv' }, body: 'y' })
  const stored = { headers: {} }
  completeRequest(stored, { ...inline, body: '', asyncInput: { inputLocation: 's3://in/put.json', ...settings } })
  expect(stored).toEqual({ headers })
})
