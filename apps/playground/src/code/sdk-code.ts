import type { CodeSample } from './code-sample.ts'
import { connectionNote, connectionOptions } from './connection-options.ts'
import type { EndpointReference } from '../protocol/run-request.ts'
import type { RecordedCall } from './recorded-call.ts'
import { typescriptLiteral } from './typescript-literal.ts'

/** The call with nothing but the AWS SDK: the body that was sent, and the answer as it comes. */
export function sdkCode(call: RecordedCall): CodeSample {
  const { request, sent } = call
  const isStream = sent.operation === 'InvokeEndpointWithResponseStream'
  const client = { ...connectionOptions(call), profile: call.profile }
  const members = [
    `EndpointName: ${typescriptLiteral(request.endpoint.name)},`,
    ...routingMembers(request.endpoint),
    `ContentType: ${typescriptLiteral(sent.contentType)},`,
    ...(sent.accept === undefined ? [] : [`Accept: ${typescriptLiteral(sent.accept)},`]),
    `Body: ${bodyExpression(sent.body, '    ')},`,
  ]
  const command = `${sent.operation}Command`
  const code = [
    `import { ${command}, SageMakerRuntimeClient } from '@aws-sdk/client-sagemaker-runtime'`,
    '',
    `const client = new SageMakerRuntimeClient(${typescriptLiteral(client, '', 'const client = new SageMakerRuntimeClient()'.length)})`,
    'const { Body } = await client.send(',
    `  new ${command}({`,
    ...members.map((member) => `    ${member}`),
    '  }),',
    ')',
    '',
    ...(isStream ? printStream : printWhole),
    '',
  ].join('\n')
  const notes = [...(isStream ? streamNotes : wholeNotes), connectionNote(call)]
  return { id: 'sdk', title: 'AWS SDK', language: 'typescript', code, notes }
}

/** Which part of the endpoint a call goes to, in the words of the AWS SDK. */
function routingMembers(endpoint: EndpointReference): string[] {
  const members = {
    InferenceComponentName: endpoint.inferenceComponentName,
    TargetVariant: endpoint.targetVariant,
    CustomAttributes: endpoint.customAttributes,
    SessionId: endpoint.sessionId,
  }
  return Object.entries(members).flatMap(([name, value]) =>
    value === undefined ? [] : [`${name}: ${typescriptLiteral(value)},`],
  )
}

const printWhole = [`// The container's own JSON, whatever its form.`, 'console.log(Body.transformToString())']

const printStream = [
  `// The container's own lines and events, cut anywhere: reading them is left to you.`,
  'const decoder = new TextDecoder()',
  'for await (const { PayloadPart } of Body ?? []) {',
  '  process.stdout.write(decoder.decode(PayloadPart?.Bytes, { stream: true }))',
  '}',
]

const wholeNotes = [
  'Left to you: reading the text out of the container’s JSON, which differs from container to container.',
  'A failure of the container is a ModelError, and says why in OriginalStatusCode and OriginalMessage. The SDK does not try it again, whatever the reason.',
  'There is no time limit unless the client’s requestHandler sets one.',
]

const streamNotes = [
  'Left to you: joining parts to lines, events and text, and errors that a container reports in the middle of its answer.',
  'A stream that ends early may end like a complete one: look for the last event of the container’s format.',
  'Leaving the loop does not close the connection, and the model goes on. Send with an abortSignal, and abort it in finally.',
  'A stream that falls silent is waited for without end, unless the client’s requestHandler has a socketTimeout.',
]

/** An expression that gives this very text; as an object to read and change, where JSON.stringify turns that into the same bytes. */
function bodyExpression(body: string, indentation: string): string {
  const value = parseJson(body)
  if (typeof value !== 'object' || value === null || JSON.stringify(value) !== body)
    return typescriptLiteral(body, indentation)
  return `JSON.stringify(${typescriptLiteral(value, indentation, 'Body: JSON.stringify()'.length)})`
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
