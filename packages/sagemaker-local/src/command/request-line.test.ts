import { expect, test } from 'vitest'
import { createProgress, createReceivedRequest, type AnswerProgress } from '../answers/received-request.ts'
import { parseRoute } from '../answers/route.ts'
import { requestLine } from './request-line.ts'

function line(path: string, progress: Partial<AnswerProgress>): string {
  return requestLine(
    createReceivedRequest({
      method: 'POST',
      path,
      headers: {},
      body: new Uint8Array(),
      route: parseRoute(path),
      index: 0,
      signal: AbortSignal.abort(),
      progress: { ...createProgress(), ...progress },
    }),
  )
}

test.each([
  [
    '/endpoints/my-llama/invocations-response-stream',
    { status: 200, parts: 12, durationMs: 340, outcome: 'aborted' },
    'POST my-llama 200 stream 12 parts 340 ms aborted',
  ],
  [
    '/endpoints/my-llama/invocations',
    { status: 200, parts: 1, durationMs: 5, outcome: 'finished' },
    'POST my-llama 200 invoke 1 part 5 ms',
  ],
  [
    '/endpoints/e/invocations',
    { status: 429, durationMs: 5, outcome: 'finished', fault: 'model-not-ready' },
    'POST e 429 invoke 0 parts 5 ms fault: model-not-ready',
  ],
  ['/endpoints/e/async-invocations', { status: 202, durationMs: 1, outcome: 'finished' }, 'POST e 202 async 1 ms'],
  ['/endpoints/e/invocations', { durationMs: 9, outcome: 'aborted' }, 'POST e - invoke 0 parts 9 ms aborted'],
  ['/nowhere?token=secret', { status: 404, durationMs: 0, outcome: 'finished' }, 'POST /nowhere 404 0 ms'],
  [
    '/endpoints/%1B%5B2J%0AGET%20forged/invocations',
    { status: 400, durationMs: 0, outcome: 'finished' },
    'POST ␛[2J␊GET forged 400 invoke 0 parts 0 ms',
  ],
] as const)('%s %j', (path, progress, expected) => {
  expect(line(path, progress)).toBe(expected)
})

test('names the operation of the control plane', () => {
  const request = createReceivedRequest({
    method: 'POST',
    path: '/',
    headers: { 'x-amz-target': 'SageMaker.ListEndpoints' },
    body: new Uint8Array(),
    route: undefined,
    index: 0,
    signal: AbortSignal.abort(),
    progress: { ...createProgress(), outcome: 'finished', durationMs: 3 },
  })
  expect(requestLine(request)).toBe('POST SageMaker.ListEndpoints - 3 ms')
})
