import { InvokeEndpointCommand, type InvokeEndpointCommandOutput } from '@aws-sdk/client-sagemaker-runtime'
import { expect, test } from 'vitest'
import { demoLanguageModel, scripted, startLocalRuntime, type LocalRuntime } from '../index.ts'
import { sdkClient } from '../test-support/sdk-client.ts'
import { invokeError } from '../test-support/sdk-outcome.ts'
import { createSessionStore } from './with-sessions.ts'

const newSession = { SessionId: 'NEW_SESSION', Body: '{"requestType":"NEW_SESSION"}' }
const ask = { Body: '{"inputs":"The sea","parameters":{"max_new_tokens":2}}' }

function invoke(runtime: LocalRuntime, input: object): Promise<InvokeEndpointCommandOutput> {
  return sdkClient(runtime).send(
    new InvokeEndpointCommand({ EndpointName: 'e', ContentType: 'application/json', Body: '', ...input }),
  )
}

test('a session is opened, used and closed', async () => {
  await using runtime = await startLocalRuntime({ endpoints: { e: demoLanguageModel() } })
  const opened = await invoke(runtime, newSession)
  expect(opened.NewSessionId).toMatch(/^[\da-f-]{36}; Expires=\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/)
  const [id = ''] = opened.NewSessionId?.split(';') ?? []
  expect(opened.Body.transformToString()).toBe(`Session ${id} created`)
  const expiresInMs = Date.parse(opened.NewSessionId?.split('Expires=')[1] ?? '') - Date.now()
  expect(expiresInMs / 1000).toBeGreaterThan(1100)
  expect(expiresInMs / 1000).toBeLessThanOrEqual(1200)

  const used = await invoke(runtime, { ...ask, SessionId: id })
  expect(used.Body.transformToString()).toBe('[{"generated_text":" is never"}]')
  expect(used.NewSessionId).toBeUndefined()

  const closed = await invoke(runtime, { SessionId: id, Body: '{"requestType":"CLOSE"}' })
  expect(closed.ClosedSessionId).toBe(id)
  expect(closed.Body.transformToString()).toBe(`Session ${id} closed`)

  expect(await invokeError(runtime, { ...ask, SessionId: id })).toMatchObject({
    name: 'ModelError',
    OriginalStatusCode: 400,
    OriginalMessage: `{"detail":"Bad request: session not found: ${id}"}`,
  })
})

test('a session expires', () => {
  let now = 1_000_000
  const sessions = createSessionStore(10, () => now)
  const { id, expires } = sessions.create()
  expect(expires.getTime()).toBe(now + 10_000)
  now += 9_999
  expect(sessions.problem(id)).toBeUndefined()
  now++
  expect(sessions.problem(id)).toBe(`session expired: ${id}`)
})

test('an endpoint can have its own lifetime', async () => {
  await using runtime = await startLocalRuntime({
    endpoints: { e: { model: demoLanguageModel(), sessionsExpireInSeconds: 5 } },
  })
  const { NewSessionId } = await invoke(runtime, newSession)
  const expiresInMs = Date.parse(NewSessionId?.split('Expires=')[1] ?? '') - Date.now()
  expect(expiresInMs).toBeLessThanOrEqual(5000)
})

test('to close a session it has to be named', async () => {
  await using runtime = await startLocalRuntime({ endpoints: { e: demoLanguageModel() } })
  expect(await invokeError(runtime, { Body: '{"requestType":"CLOSE"}' })).toMatchObject({ OriginalStatusCode: 424 })
})

test('a session cannot be opened through the streaming operation', async () => {
  await using runtime = await startLocalRuntime({ endpoints: { e: demoLanguageModel() } })
  const response = await fetch(`${runtime.url}/endpoints/e/invocations-response-stream`, {
    method: 'POST',
    headers: { 'x-amzn-sagemaker-session-id': 'NEW_SESSION', 'content-type': 'application/json' },
    body: newSession.Body,
  })
  expect([response.status, response.headers.get('x-amzn-errortype')]).toEqual([400, 'ValidationError'])
})

test('a script sees session requests itself', async () => {
  const endpoint = scripted(({ sessionId }) => `session ${sessionId}`)
  await using runtime = await startLocalRuntime({ endpoints: { e: endpoint } })
  expect((await invoke(runtime, newSession)).Body.transformToString()).toBe('session NEW_SESSION')
})
