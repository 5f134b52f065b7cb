import { json, part, scripted, startLocalRuntime, stream } from '@x/sagemaker-local'
import { expect, test } from 'vitest'
import { failureOf, localEndpoint, readTexts } from '../test-support/local-endpoint.ts'

test('a session is started, used by both operations, and closed', async () => {
  await using runtime = await startLocalRuntime({
    endpoints: {
      it: scripted((request) => {
        if (request.operation === 'stream') return stream([part('a')])
        return json(
          {},
          request.sessionId === 'NEW_SESSION' ? { newSessionId: 'id-1; Expires=2031-02-03T04:05:06Z' } : {},
        )
      }),
    },
  })
  const endpoint = localEndpoint(runtime, 'it')
  const session = await endpoint.startSession()
  expect(session).toEqual({ sessionId: 'id-1', expiresAt: new Date('2031-02-03T04:05:06Z') })
  const { sessionId } = session
  await endpoint.invoke('{}', { sessionId })
  expect(await readTexts(endpoint.invokeStream('{}', { sessionId }))).toMatchObject({ texts: ['a'] })
  await endpoint.closeSession(session)
  expect(runtime.requests.map((request) => request.sessionId)).toEqual(['NEW_SESSION', sessionId, sessionId, sessionId])
  expect(runtime.requests.at(0)?.json()).toEqual({ requestType: 'NEW_SESSION' })
  expect(runtime.requests.at(-1)?.json()).toEqual({ requestType: 'CLOSE' })
})

test('a session may be closed by its id', async () => {
  await using runtime = await startLocalRuntime({ endpoints: { it: scripted(() => json({})) } })
  await localEndpoint(runtime, 'it').closeSession('session-1')
  expect(runtime.requests[0]?.sessionId).toBe('session-1')
})

test('a container without sessions is a clear error', async () => {
  await using runtime = await startLocalRuntime({ endpoints: { it: scripted(() => json({})) } })
  const error = await failureOf(localEndpoint(runtime, 'it').startSession())
  expect(error).toMatchObject({ code: 'unexpected-response', endpointName: 'it', statusCode: 200 })
})
