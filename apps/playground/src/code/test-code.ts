import type { RunEvent } from '../protocol/run-event.ts'
import { modelInput, modelOptions } from '../protocol/model-call.ts'
import { isConversation } from '../protocol/recorded-request.ts'
import type { RunRequest } from '../protocol/run-request.ts'
import { faultAttributes } from '../server/faults/fault-catalogue.ts'
import type { CodeSample } from './code-sample.ts'
import type { RecordedCall } from './recorded-call.ts'
import { typescriptLiteral } from './typescript-literal.ts'

/** The first line of a capture, and the events that `replay` answers with. */
const replayed: ReadonlySet<RunEvent['type']> = new Set(['response', 'part', 'end', 'error'])

/**
 * A call as a Vitest test without AWS: a local runtime answers as the endpoint did, with the same parts and the same ending, or with
 * the same fault switched on, and the test expects what came of it.
 */
export function testCode(call: RecordedCall, events: readonly RunEvent[]): CodeSample {
  const { request } = call
  const isObserved = !isConversation(request)
  const className = isObserved ? 'SagemakerEndpoint' : 'SagemakerLLM'
  const fault = isObserved ? undefined : request.fault
  const server =
    fault === undefined ? 'replay(capture, { speed: Infinity })' : "demoLanguageModel({ format: 'openai' })"
  const error = events.find((event) => event.type === 'error')
  const outcome = error === undefined ? 'answers' : `fails with ${error.code}`
  const options = {
    ...(isObserved ? {} : withoutDefaults(modelOptions(request))),
    retry: { maxAttempts: 1 },
    ...(fault !== undefined && {
      customAttributes: faultAttributes(fault.id, fault.values),
      timeouts: { firstByteMs: 3000, idleMs: 2000 },
    }),
  }
  const code = [
    `import { ${className}${isObserved || !usesHandler(request) ? '' : `, ${request.endpoint.handler}`} } from '${isObserved ? '@x/sagemaker-endpoint' : '@x/sagemaker-llm'}'`,
    `import { ${fault === undefined ? 'replay' : 'demoLanguageModel'}, startLocalRuntime } from '@x/sagemaker-local'`,
    `import { expect, test } from 'vitest'`,
    '',
    ...(fault === undefined ? captureLines(events) : []),
    `test(${typescriptLiteral(`${request.endpoint.name} ${outcome}`)}, async () => {`,
    `  const runtime = await startLocalRuntime({ endpoints: { it: ${server} } })`,
    `  const model = new ${className}({`,
    `    endpointName: 'it',`,
    `    ...runtime.connection,`,
    ...(isObserved || !usesHandler(request) ? [] : [`    contentHandler: ${request.endpoint.handler}(),`]),
    ...Object.entries(options).flatMap(([name, value]) =>
      value === undefined ? [] : [`    ${name}: ${typescriptLiteral(value, '    ', name.length + 2)},`],
    ),
    '  })',
    '  try {',
    ...(isObserved ? readBytes(call) : readText(request)),
    ...expectations(events, fault === undefined, isObserved),
    '  } finally {',
    '    model.close()',
    '    await runtime.close()',
    '  }',
    '})',
    '',
  ].join('\n')
  return {
    id: 'test',
    title: 'Vitest',
    language: 'typescript',
    code,
    notes: [
      'Install vitest and @x/sagemaker-local as development dependencies. The test needs no AWS account.',
      fault === undefined
        ? 'The capture holds what was received. Run npx @x/playground scrub on a capture before you make a test of it public.'
        : 'A demo model answers, and the local runtime makes the fault happen.',
    ],
  }
}

const usesHandler = ({ endpoint, fault }: RunRequest): boolean => endpoint.handler !== undefined && fault === undefined

function captureLines(events: readonly RunEvent[]): string[] {
  const header = { type: 'capture', version: 1, startedAt: '2000-01-01T00:00:00.000Z' }
  const lines = [header, ...events.filter(({ type }) => replayed.has(type)).map(withoutWords)]
  return [
    'const capture = [',
    ...lines.map((line) => `  ${typescriptLiteral(JSON.stringify(line))},`),
    "].join('\\n')",
    '',
  ]
}

/** What `replay` reads of an event. */
function withoutWords(event: RunEvent): object {
  if (event.type === 'response')
    return { type: event.type, at: event.at, statusCode: event.statusCode, contentType: event.contentType }
  if (event.type === 'end') return { type: event.type, at: event.at }
  if (event.type !== 'error') return event
  const { type, at, code, message, originalStatusCode, originalMessage } = event
  return { type, at, code, message, originalStatusCode, originalMessage }
}

function withoutDefaults({
  reasoning,
  ...options
}: ReturnType<typeof modelOptions> & { readonly reasoning?: string }): object {
  return { ...options, reasoning: reasoning === 'as-sent' ? undefined : reasoning }
}

function readText(request: RunRequest): string[] {
  const isChat = request.mode === 'chat'
  const input = typescriptLiteral(modelInput(request), '      ', 24)
  if (!request.stream) {
    return [
      `    let received = ''`,
      `    const reading = model.${isChat ? 'chat' : 'complete'}(${input}).then(({ text }) => (received += text))`,
    ]
  }
  return [
    `    let received = ''`,
    '    const read = async () => {',
    `      for await (const { delta } of model.${isChat ? 'streamChat' : 'streamComplete'}(${input})) received += delta`,
    '    }',
    '    const reading = read()',
  ]
}

function readBytes({ sent }: RecordedCall): string[] {
  const input = `${typescriptLiteral(sent.body)}, ${typescriptLiteral({ contentType: sent.contentType, accept: sent.accept })}`
  if (sent.operation === 'InvokeEndpoint') {
    return [
      `    let received = 0`,
      `    const reading = model.invoke(${input}).then(({ body }) => (received = body.length))`,
    ]
  }
  return [
    `    let received = 0`,
    '    const read = async () => {',
    `      for await (const bytes of model.invokeStream(${input})) received += bytes.length`,
    '    }',
    '    const reading = read()',
  ]
}

function expectations(events: readonly RunEvent[], isReplayed: boolean, isObserved: boolean): string[] {
  const error = events.find((event) => event.type === 'error')
  const text = events.map((event) => (event.type === 'delta' && event.channel === 'text' ? event.text : '')).join('')
  const bytes = events.reduce((sum, event) => sum + (event.type === 'part' ? atob(event.bytes).length : 0), 0)
  return [
    error === undefined
      ? '    await reading'
      : `    await expect(reading).rejects.toMatchObject({ code: ${typescriptLiteral(error.code)} })`,
    ...(isReplayed ? [`    expect(received).toBe(${isObserved ? bytes : typescriptLiteral(text)})`] : []),
    ...(!isReplayed && error === undefined ? ["    expect(received).not.toBe('')"] : []),
  ]
}
