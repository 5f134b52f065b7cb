import { inspect } from 'node:util'
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest'
import { SagemakerEmbedding } from '@x/sagemaker-embed'
import { SagemakerEndpoint, type EndpointObserver } from '@x/sagemaker-endpoint'
import { SagemakerLLM, type TelemetryMeter, type TelemetryTracer } from '@x/sagemaker-llm'
import { SagemakerClassifier, SagemakerReranker } from '@x/sagemaker-rerank'
import {
  containerError,
  demoEmbeddingModel,
  demoLanguageModel,
  endingNames,
  exception,
  part,
  rawResponse,
  refusalNames,
  scripted,
  serverSentEventText,
  serviceError,
  startLocalRuntime,
  stream,
  type EndpointOptions,
  type LocalEndpoint,
  type LocalRuntime,
  type ReceivedRequest,
} from '@x/sagemaker-local'

/** What must never be seen outside of the request itself. */
const secrets = {
  prompt: 'violet-harbour-prompt and "more" of it',
  message: 'amber-window-message',
  system: 'copper-lantern-system',
  accessKeyId: 'AKIAIOSFODNN7CANARYX',
  secretAccessKey: 'wJalrXUtnFEMIcanary/secretKEY',
  // As long as those that AWS gives out.
  sessionToken: `IQoJb3JpZ2luX2VjCANARY${'token'.repeat(60)}`,
  bearerToken: 'sagemaker-api-key-',
}
/** Parts of each secret that would be recognised in a log, also where JSON has escaped the rest. */
const marks = [
  'violet-harbour-prompt',
  'of it',
  secrets.message,
  secrets.system,
  secrets.accessKeyId,
  secrets.secretAccessKey,
  'CANARYtoken',
  secrets.bearerToken,
]

/** A container or a proxy that writes the body it was sent into its error message, as it is and as a JSON string. */
const echo = (request: ReceivedRequest): string =>
  `cannot serve ${request.text}; the request was ${JSON.stringify(request.text)}`

/** A proxy that writes the headers it was sent into its error message, those with credentials first. */
function echoHeaders({ headers }: ReceivedRequest): string {
  const { authorization, 'x-amz-security-token': token } = headers
  return `no upstream for ${authorization} ${String(token)} ${JSON.stringify(headers)}`
}

const echoes: Readonly<Record<string, LocalEndpoint>> = {
  'error as a text': scripted((request) => containerError(400, { error: echo(request), error_type: 'validation' })),
  'error as an object': scripted((request) => containerError(422, { error: { message: echo(request), code: 422 } })),
  'error with details': scripted((request) =>
    containerError(422, { detail: [{ loc: ['body'], msg: echo(request), input: request.text }] }),
  ),
  'error without JSON': scripted((request) => containerError(500, echo(request))),
  'error of the service': scripted((request) => serviceError('ValidationError', { message: echo(request) })),
  'page of a proxy': scripted((request) =>
    rawResponse(502, `<html>${echo(request)}</html>`, { 'content-type': 'text/html' }),
  ),
  'answer of no known shape': scripted((request) => rawResponse(200, `<html>${echo(request)}</html>`)),
  'error in the stream': scripted((request) => serverSentEventText([{ error: { message: echo(request) } }])),
  'error after text': scripted((request) =>
    stream([part('data: {"token":{"text":"Hi"}}\n\n'), part(`data: ${JSON.stringify({ error: echo(request) })}\n\n`)]),
  ),
  'exception frame': scripted((request) =>
    stream([
      part('data: {"token":{"text":"Hi"}}\n\n'),
      exception('ModelStreamError', { Message: echo(request), ErrorCode: 'X' }),
    ]),
  ),
  'headers in an error': scripted((request) => containerError(400, { error: echoHeaders(request) })),
  'headers in an error of the service': scripted((request) =>
    serviceError('ValidationError', { message: echoHeaders(request) }),
  ),
  'headers in the stream': scripted((request) => serverSentEventText([{ error: { message: echoHeaders(request) } }])),
}

const slug = (name: string): string => name.replaceAll(' ', '-')
const faulty = (model: LocalEndpoint): Record<string, EndpointOptions> =>
  Object.fromEntries([
    ...refusalNames.map((refusal) => [`refusal-${refusal}`, { model, faults: { refusal } }]),
    ...endingNames.map((ending) => [`ending-${ending}`, { model, faults: { ending } }]),
  ])

let runtime: LocalRuntime
beforeAll(async () => {
  runtime = await startLocalRuntime({
    endpoints: {
      ...faulty(demoLanguageModel()),
      ...Object.fromEntries(Object.entries(echoes).map(([name, model]) => [slug(name), model])),
      embed: demoEmbeddingModel(),
    },
  })
})
afterAll(() => runtime.close())

/** Everything that a program could log in one test, as text. */
class Log {
  readonly lines: string[] = []

  add(label: string, value: unknown): void {
    const seen: string[] = [String(value), JSON.stringify(value) ?? '']
    for (const depth of [0, 2, Number.POSITIVE_INFINITY]) seen.push(inspect(value, { depth, getters: true }))
    for (let error = value; error instanceof Error; error = error.cause) {
      seen.push(error.message, error.stack ?? '', inspect(structuredClone(error), { depth: Number.POSITIVE_INFINITY }))
    }
    this.lines.push(...seen.map((text) => `${label}: ${text}`))
  }

  /** Lines with a secret in it, shortened. */
  leaks(): string[] {
    return this.lines.flatMap((line) => {
      const mark = marks.find((text) => line.includes(text))
      return mark === undefined ? [] : [`${mark} in ${line.slice(0, 400)}`]
    })
  }
}

function observerOf(log: Log): EndpointObserver {
  const add = (name: string) => (event: unknown) => log.add(name, event)
  return {
    onRequest: add('onRequest'),
    onResponse: add('onResponse'),
    onFirstByte: add('onFirstByte'),
    onRetry: add('onRetry'),
    onEnd: add('onEnd'),
    onError: add('onError'),
  }
}

function telemetryOf(log: Log): { tracer: TelemetryTracer; meter: TelemetryMeter } {
  const span = {
    isRecording: () => true,
    setAttributes: (attributes: unknown) => log.add('span attributes', attributes),
    setStatus: (status: unknown) => log.add('span status', status),
    recordException: (error: unknown) => log.add('span exception', error),
    end: () => undefined,
  }
  return {
    tracer: {
      startActiveSpan(name, options, run) {
        log.add('span', { name, options })
        return run(span)
      },
    },
    meter: {
      createHistogram: (name) => ({ record: (value, attributes) => log.add('metric', { name, value, attributes }) }),
    },
  }
}

/** Runs work and logs how it fails. */
async function attempt(log: Log, label: string, work: () => Promise<unknown>): Promise<void> {
  try {
    await work()
  } catch (error) {
    log.add(label, error)
  }
}

async function drain(stream: AsyncIterable<unknown>): Promise<void> {
  for await (const _ of stream);
}

/** Makes every kind of call on an endpoint, and gives what could be logged of it. */
async function callEverything(endpointName: string, transport: 'invoke' | 'openai' = 'invoke'): Promise<Log> {
  const log = new Log()
  const { accessKeyId, secretAccessKey, sessionToken, prompt, message, system } = secrets
  const options = {
    endpointName,
    region: 'us-east-1',
    endpoint: runtime.url,
    credentials: { accessKeyId, secretAccessKey, sessionToken },
    timeouts: { firstByteMs: 400, idleMs: 400 },
    retry: { maxAttempts: 2, baseDelayMs: 1, maxDelayMs: 2, onRetry: (event: unknown) => log.add('retry', event) },
    observers: [observerOf(log)],
    transport,
  }
  const endpoint = new SagemakerEndpoint(options)
  const onError = (event: unknown): void => log.add('callback', event)
  const shared = { endpoint, telemetry: telemetryOf(log) }
  const llm = new SagemakerLLM({ ...shared, callbacks: { onError } })
  const embedding = new SagemakerEmbedding({
    ...shared,
    callbacks: {
      onError,
      onSplit: (event) => log.add('split', event),
      onRequest: (event) => log.add('request', event),
    },
  })
  const reranker = new SagemakerReranker({ ...shared, callbacks: { onError } })
  const classifier = new SagemakerClassifier({ ...shared, callbacks: { onError } })
  for (const [name, value] of Object.entries({ endpoint, llm, embedding, reranker, classifier })) log.add(name, value)

  const body = JSON.stringify({ inputs: prompt, messages: [{ role: 'user', content: message }] })
  const messages = [
    { role: 'system', content: system },
    { role: 'user', content: message },
  ] as const
  const request = { system: [{ text: system }], messages: [{ role: 'user', content: [{ text: message }] }] } as const
  const texts = [prompt, message]
  await Promise.all([
    attempt(log, 'invoke', () => endpoint.invoke(body)),
    attempt(log, 'invokeStream', () => drain(endpoint.invokeStream(body))),
    attempt(log, 'complete', () => llm.complete(prompt)),
    attempt(log, 'streamComplete', () => drain(llm.streamComplete(prompt))),
    attempt(log, 'chat', () => llm.chat(messages)),
    attempt(log, 'streamChat', () => drain(llm.streamChat(messages))),
    attempt(log, 'converse', () => llm.converse(request)),
    attempt(log, 'converseStream', async () => drain((await llm.converseStream(request)).stream)),
    attempt(log, 'getTextEmbeddings', () => embedding.getTextEmbeddings(texts)),
    attempt(log, 'getQueryEmbedding', () => embedding.getQueryEmbedding(prompt)),
    attempt(log, 'embedStream', () => drain(embedding.embedStream(texts))),
    attempt(log, 'rerank', () => reranker.rerank(prompt, texts)),
    attempt(log, 'classify', () => classifier.classify(texts)),
  ])
  return log
}

const written: string[] = []
for (const stream of [process.stdout, process.stderr])
  vi.spyOn(stream, 'write').mockImplementation((text) => written.push(String(text)) > 0)

const endpointNames = [...Object.keys(echoes).map(slug), ...Object.keys(faulty(demoLanguageModel()))]

describe('no error, event, span or metric holds a prompt or a credential', () => {
  test.each(endpointNames)('%s', { timeout: 30_000 }, async (endpointName) => {
    const log = await callEverything(endpointName)
    expect(log.lines.length).toBeGreaterThan(20)
    expect(log.leaks()).toEqual([])
  })

  test.each([...Object.keys(echoes).map(slug), 'refusal-access-denied'])(
    'over the OpenAI-compatible path: %s',
    { timeout: 30_000 },
    async (endpointName) => {
      const log = await callEverything(endpointName, 'openai')
      expect(log.lines.length).toBeGreaterThan(20)
      expect(log.leaks()).toEqual([])
    },
  )

  test('a leak would be found, also in the cause of an error', () => {
    const log = new Log()
    log.add('error', new Error('failed', { cause: new Error(`refused ${secrets.prompt}`) }))
    expect(log.leaks().length).toBeGreaterThan(0)
  })

  test('nothing is written to stdout or stderr', () => {
    expect(written).toEqual([])
  })
})
