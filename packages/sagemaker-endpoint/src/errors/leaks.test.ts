import { inspect } from 'node:util'
import {
  containerError,
  endingNames,
  exception,
  type Faults,
  htmlError,
  part,
  refusalNames,
  scripted,
  serviceError,
  startLocalRuntime,
  stream,
} from '@x/sagemaker-local'
import { describe, expect, test } from 'vitest'
import { SagemakerEndpoint, type SagemakerEndpointOptions, SagemakerError } from '../index.ts'
import { startHttpServer } from '../test-support/http-server.ts'
import { failureOf, readTexts } from '../test-support/local-endpoint.ts'
import { httpResponse, onRequests, startRawServer } from '../test-support/raw-server.ts'

const prompt = 'Please cancel account 4711-0815 of Zoë Fröhlich in Zürich'
const body = JSON.stringify({ inputs: prompt, parameters: { temperature: 0 } })
const credentials = {
  accessKeyId: 'ASIAQWERTZUIOPASDFGH',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG+bPxRfiCYzq1w2e3r4t',
  sessionToken: 'IQoJb3JpZ2luX2VjEJr//////////wEaCWV1LXdlc3QtMSJHMEUCIQDx+9/yz==',
}

/** Pieces of what must not be seen, none of which occurs in a message by chance. */
const secrets = [
  '4711-0',
  'cancel account',
  'Fröhlich',
  'rich',
  'ASIAQWERTZ',
  'wJalrXUtn',
  'IQoJb3Jp',
  'X2VjEJr',
  'sagemaker-api-key-',
]

function options(url: string, transport: SagemakerEndpointOptions['transport']): SagemakerEndpointOptions {
  const retry = { maxAttempts: 2, baseDelayMs: 0 }
  return { endpointName: 'it', endpoint: url, region: 'eu-west-1', credentials, transport, retry }
}

/** Everything that programs print of an error. */
function shown(error: SagemakerError): string {
  const seen = [error.message, error.stack, JSON.stringify(error), String(error)]
  for (const depth of [0, 2, 5, Number.POSITIVE_INFINITY]) seen.push(inspect(error, { depth, getters: true }))
  const clone = structuredClone(error)
  seen.push(inspect(clone, { depth: 20 }), JSON.stringify(clone))
  for (let cause: unknown = error.cause, level = 0; cause !== undefined && level < 10; level++) {
    seen.push(inspect(cause, { depth: 20, showHidden: true }), JSON.stringify(cause))
    cause = (cause as { readonly cause?: unknown }).cause
  }
  const text = seen.join('\n')
  // A buffer is printed as hexadecimal digits.
  const dumps = [...text.matchAll(/<Buffer ([\da-f ]+)/g)].map(([, hex = '']) =>
    Buffer.from(hex.replaceAll(' ', ''), 'hex').toString(),
  )
  return [text, ...dumps].join('\n')
}

function leaksIn(error: SagemakerError): readonly string[] {
  const text = shown(error)
  return secrets.filter((secret) => text.includes(secret))
}

/** What a peer may write of the request that it got. */
const dumps: readonly (readonly [name: string, dump: (text: string) => string])[] = [
  ['as it is', (text) => text],
  ['as JSON', (text) => JSON.stringify({ request: text })],
  ['as a member of JSON', (text) => JSON.stringify({ headers: headersOf(text), body: bodyOf(text) })],
  ['as an error', (text) => JSON.stringify({ message: `cannot read ${text}` })],
  ['as Python', (text) => JSON.stringify({ message: pythonOf(text) })],
  ['as Node.js', (text) => JSON.stringify({ message: inspect({ headers: headersOf(text), body: bodyOf(text) }) })],
  ['as pairs', (text) => JSON.stringify({ message: Object.entries(headersOf(text)).join('; ') })],
  ['in a URL', (text) => JSON.stringify({ message: encodeURIComponent(text) })],
  ['in base64', (text) => JSON.stringify({ message: Buffer.from(text).toString('base64') })],
  ['in hexadecimal', (text) => JSON.stringify({ message: inspect(Buffer.from(text), { maxArrayLength: 5_000 }) })],
  [
    'as bare values',
    (text) => JSON.stringify({ message: `${Object.values(headersOf(text)).join(' ')} ${bodyOf(text)}` }),
  ],
]

function headersOf(text: string): Readonly<Record<string, string>> {
  const lines = text.slice(0, text.indexOf('\r\n\r\n')).split('\r\n').slice(1)
  return Object.fromEntries(lines.map((line) => [line.slice(0, line.indexOf(':')), line.slice(line.indexOf(':') + 2)]))
}

function bodyOf(text: string): string {
  return text.slice(text.indexOf('\r\n\r\n') + 4)
}

function pythonOf(text: string): string {
  const members = Object.entries({ ...headersOf(text), body: bodyOf(text) })
  return `{${members.map(([name, value]) => `'${name}': '${value}'`).join(', ')}}`
}

describe.each(['invoke', 'openai'] as const)('over transport %s', (transport) => {
  test.each(dumps)('a proxy that writes the request %s into its errors betrays nothing', async (_, dump) => {
    for (const status of ['500 Internal Server Error', '400 Bad Request', '403 Forbidden']) {
      await using server = await startRawServer((socket) => {
        onRequests(socket, (text) => {
          socket.write(
            httpResponse(status, { 'x-amzn-requestid': 'id-1', 'x-amzn-errortype': 'ModelError' }, dump(text)),
          )
        })
      })
      const endpoint = new SagemakerEndpoint(options(server.url, transport))
      expect(leaksIn(await failureOf(endpoint.invoke(body)))).toEqual([])
      endpoint.close()
    }
  })

  test('a peer that is not HTTP and echoes betrays nothing', async () => {
    await using server = await startRawServer((socket) => {
      onRequests(socket, (text) => socket.end(text))
    })
    const endpoint = new SagemakerEndpoint(options(server.url, transport))
    const error = await failureOf(endpoint.invoke(body))
    expect(error).toMatchObject({ code: 'connection' })
    expect(leaksIn(error)).toEqual([])
    const { error: failed } = await readTexts(endpoint.invokeStream(body))
    expect(failed && leaksIn(failed)).toEqual([])
    endpoint.close()
  })

  test('a response that breaks off, or is packed wrong, betrays nothing', async () => {
    await using server = await startHttpServer((request, response) => {
      request.resume()
      if (request.url?.includes('packed') === true)
        response.writeHead(200, { 'content-encoding': 'gzip', 'x-amzn-requestid': 'id' }).end(body)
      else {
        response.writeHead(200, { 'content-length': '1000', 'x-amzn-requestid': 'id' })
        response.write(body)
        setTimeout(() => response.destroy(), 5)
      }
    })
    for (const endpointName of ['broken', 'packed']) {
      const endpoint = new SagemakerEndpoint({ ...options(server.url, transport), endpointName })
      const error = await failureOf(endpoint.invoke(body))
      expect(leaksIn(error)).toEqual([])
      endpoint.close()
    }
  })
})

const echo = `bad: ${body}`

test.each([
  ['a container', scripted(() => containerError(400, echo))],
  ['a service', scripted(() => serviceError('ValidationError', { message: echo }))],
  [
    'a stream with an exception',
    scripted(() => stream([part(body), exception('ModelStreamError', { Message: echo, ErrorCode: 'StreamBroken' })])),
  ],
  ['a page', scripted(() => htmlError(502))],
])('%s that echoes the request betrays nothing', async (_, model) => {
  await using runtime = await startLocalRuntime({ endpoints: { it: model } })
  const endpoint = new SagemakerEndpoint(options(runtime.url, 'invoke'))
  const errors = [await endpoint.invoke(body).catch(String), (await readTexts(endpoint.invokeStream(body))).error]
  const failures = errors.filter((error) => SagemakerError.is(error))
  expect(failures.length).toBeGreaterThan(0)
  expect(failures.flatMap(leaksIn)).toEqual([])
  endpoint.close()
})

const faults: readonly Faults[] = [
  ...refusalNames.map((refusal) => ({ refusal })),
  ...endingNames.map((ending) => ({ ending })),
]

test.each(faults)('the fault %j betrays nothing', async (fault) => {
  const model = scripted((request) => stream([part(request.text), part(request.text), part(request.text)]))
  await using runtime = await startLocalRuntime({ endpoints: { it: { model, faults: fault } } })
  const endpoint = new SagemakerEndpoint({
    ...options(runtime.url, 'invoke'),
    timeouts: { firstByteMs: 500, idleMs: 50 },
  })
  const { error } = await readTexts(endpoint.invokeStream(body))
  // Some faults are for the model packages to find: the bytes of such a stream are whole.
  expect(error === undefined ? [] : leaksIn(error)).toEqual([])
  endpoint.close()
})
