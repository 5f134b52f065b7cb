import { json, part, scripted, serviceError, stall, startLocalRuntime, stream } from '@x/sagemaker-local'
import { expect, test } from 'vitest'
import type { EndpointObserver } from './index.ts'
import { entry, runModule } from './test-support/run-module.ts'
import { failureOf, localEndpoint, readTexts } from './test-support/local-endpoint.ts'

type Told = readonly [name: string, event: Readonly<Record<string, unknown>>]

function recorder(): { readonly told: Told[]; readonly observer: EndpointObserver } {
  const told: Told[] = []
  const note =
    (name: string) =>
    (event: object): void =>
      void told.push([name, { ...event }])
  const observer = {
    onRequest: note('request'),
    onResponse: note('response'),
    onFirstByte: note('first byte'),
    onRetry: note('retry'),
    onEnd: note('end'),
    onError: note('error'),
  }
  return { told, observer }
}

const names = (told: readonly Told[]): readonly string[] => told.map(([name]) => name)

test('every step of a call is reported, under one id', async () => {
  await using runtime = await startLocalRuntime({
    endpoints: {
      it: scripted(({ index }) =>
        index === 0 ? serviceError('ServiceUnavailable') : stream([part('abc'), part('de')]),
      ),
    },
  })
  const { told, observer } = recorder()
  await readTexts(localEndpoint(runtime, 'it', { observers: [observer] }).invokeStream('{"a":"ü"}'))
  expect(names(told)).toEqual(['request', 'retry', 'request', 'response', 'first byte', 'end'])
  expect(new Set(told.map(([, { callId }]) => callId)).size).toBe(1)
  const elapsed = told.map(([, { elapsedMs }]) => elapsedMs as number)
  expect(elapsed).toEqual(elapsed.toSorted((a, b) => a - b))
  const events = Object.fromEntries(told)
  expect(events['request']).toMatchObject({ operation: 'invokeStream', endpointName: 'it', attempt: 2, bodyBytes: 10 })
  expect(events['response']).toMatchObject({ attempt: 2, statusCode: 200, requestId: expect.any(String) as unknown })
  expect(events['retry']).toMatchObject({ attempt: 1, error: { code: 'service-unavailable' } })
  expect(events['first byte']).toMatchObject({ metadata: { attempts: 2 } })
  expect(events['end']).toMatchObject({ bytesReceived: 5, isPartial: false })
})

test('a failure is reported once', async () => {
  await using runtime = await startLocalRuntime({
    endpoints: { it: scripted(() => serviceError('AccessDeniedException')) },
  })
  const { told, observer } = recorder()
  const error = await failureOf(localEndpoint(runtime, 'it', { observers: [observer] }).invoke('{}'))
  expect(names(told)).toEqual(['request', 'error'])
  expect(told[1]?.[1]).toMatchObject({ error, bytesReceived: 0 })
})

test('a stream that is left early has ended in part', async () => {
  await using runtime = await startLocalRuntime({ endpoints: { it: scripted(() => stream([part('abc'), stall()])) } })
  const { told, observer } = recorder()
  for await (const _ of localEndpoint(runtime, 'it', { observers: [observer] }).invokeStream('{}')) break
  expect(names(told)).toEqual(['request', 'response', 'first byte', 'end'])
  expect(told.at(-1)?.[1]).toMatchObject({ bytesReceived: 3, isPartial: true })
})

test('an abort in the middle is reported as an error', async () => {
  await using runtime = await startLocalRuntime({ endpoints: { it: scripted(() => stream([part('abc'), stall()])) } })
  const { told, observer } = recorder()
  const controller = new AbortController()
  const endpoint = localEndpoint(runtime, 'it', { observers: [observer] })
  const reading = (async () => {
    for await (const _ of endpoint.invokeStream('{}', { signal: controller.signal })) controller.abort()
  })()
  expect((await failureOf(reading)).code).toBe('aborted')
  expect(names(told)).toEqual(['request', 'response', 'first byte', 'error'])
  expect(told.at(-1)?.[1]).toMatchObject({ bytesReceived: 3, error: { code: 'aborted' } })
})

test('an observer that throws harms neither the call nor other observers', async () => {
  await using runtime = await startLocalRuntime({ endpoints: { it: scripted(() => json({})) } })
  const { told, observer } = recorder()
  const fail = (): never => {
    throw new Error('from the observer')
  }
  const broken: EndpointObserver = { onRequest: fail, onResponse: fail, onFirstByte: fail, onEnd: fail }
  await localEndpoint(runtime, 'it', { observers: [broken, {}, observer] }).invoke('{}')
  expect(names(told)).toEqual(['request', 'response', 'first byte', 'end'])
})

test('no event holds the prompt, the answer or a credential', async () => {
  const prompt = 'the patient is called Ada Lovelace'
  await using runtime = await startLocalRuntime({
    endpoints: {
      it: scripted(({ index, text }) =>
        index === 0 ? serviceError('ValidationError', { message: `bad: ${text}` }) : stream([part(prompt), stall()]),
      ),
    },
  })
  const { told, observer } = recorder()
  const endpoint = localEndpoint(runtime, 'it', { observers: [observer], timeouts: { idleMs: 20 } })
  const body = JSON.stringify({ inputs: prompt })
  await failureOf(endpoint.invoke(body))
  await readTexts(endpoint.invokeStream(body))
  expect(names(told)).toContain('error')
  const log = JSON.stringify(told)
  for (const secret of ['Lovelace', 'patient', 'secret', 'AKIDEXAMPLE', 'Credential']) expect(log).not.toContain(secret)
})

test('hooks that reject neither fail the call nor end the program, and warn once', async () => {
  await using runtime = await startLocalRuntime({ endpoints: { it: scripted(() => 'fine') } })
  const warnings: Error[] = []
  const rejections: unknown[] = []
  const onWarning = (warning: Error): void => void warnings.push(warning)
  const onRejection = (reason: unknown): void => void rejections.push(reason)
  process.on('warning', onWarning).on('unhandledRejection', onRejection)
  const reject = (() => Promise.reject(new Error('a hook failed'))) as () => void
  const endpoint = localEndpoint(runtime, 'it', { observers: [{ onRequest: reject, onEnd: reject }] })
  const options = { onResponse: reject }
  await endpoint.invoke('{}', options)
  await endpoint.invoke('{}', options)
  await new Promise((resolve) => setTimeout(resolve, 10))
  process.off('warning', onWarning).off('unhandledRejection', onRejection)
  expect(rejections).toEqual([])
  const warned = new Set(warnings.map(({ message }) => /hook (\w+) failed/.exec(message)?.[1]))
  expect(warned).toEqual(new Set(['onEnd', 'onRequest', 'onResponse']))
  expect(warnings).toHaveLength(3)
})

test('a program with asynchronous hooks that reject runs to its end', async () => {
  await using runtime = await startLocalRuntime({
    endpoints: { it: scripted(({ index }) => (index % 2 === 0 ? serviceError('ServiceUnavailable') : json({}))) },
  })
  const hooks = ['onRequest', 'onRequestBody', 'onResponse', 'onFirstByte', 'onResponseBytes', 'onRetry', 'onEnd']
  const printed = await runModule(`
    import { SagemakerEndpoint } from ${JSON.stringify(entry)}
    const warnings = []
    process.on('warning', ({ message }) => warnings.push(/hook ([\\w.]+) failed/.exec(message)?.[1]))
    const fail = async () => { await null; throw new Error('hook') }
    const observer = Object.fromEntries(${JSON.stringify(hooks)}.map((name) => [name, fail]))
    const endpoint = new SagemakerEndpoint({
      endpointName: 'it',
      region: 'us-east-1',
      endpoint: ${JSON.stringify(runtime.url)},
      credentials: { accessKeyId: 'AKIDEXAMPLE', secretAccessKey: 'secret' },
      observers: [observer],
      retry: { baseDelayMs: 0, onRetry: fail },
    })
    for (let calls = 0; calls < 3; calls++) {
      await endpoint.invoke('{}', { onResponse: async () => fail(), retry: { onRetry: async () => fail() } })
    }
    setTimeout(() => console.log(JSON.stringify(warnings.sort())), 20)
  `)
  expect(printed).toEqual([...hooks, 'onResponse', 'retry.onRetry', 'retry.onRetry'].toSorted())
})

test('only what asks for them gets the bytes that are sent and received', async () => {
  await using runtime = await startLocalRuntime({
    endpoints: {
      it: scripted(({ index }) =>
        index === 0 ? serviceError('ServiceUnavailable') : stream([part('abc'), part('de')]),
      ),
    },
  })
  const seen: [name: string, text: string][] = []
  const decoder = new TextDecoder()
  const observer: EndpointObserver = {
    onRequestBody: ({ body }) => seen.push(['body', decoder.decode(body)]),
    onResponseBytes: ({ bytes }) => seen.push(['part', decoder.decode(bytes)]),
  }
  const { texts } = await readTexts(localEndpoint(runtime, 'it', { observers: [observer] }).invokeStream('{"a":"ü"}'))
  expect(texts.join('')).toBe('abcde')
  expect(seen).toEqual([
    ['body', '{"a":"ü"}'],
    ['part', 'abc'],
    ['part', 'de'],
  ])
})
