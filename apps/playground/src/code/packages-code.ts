import { modelInput, modelOptions } from '../protocol/model-call.ts'
import type { CodeSample } from './code-sample.ts'
import { connectionNote, routingOptions } from './connection-options.ts'
import { modelObjectCode } from './model-object-code.ts'
import type { RunRequest } from '../protocol/run-request.ts'
import type { RecordedCall } from './recorded-call.ts'
import { typescriptLiteral } from './typescript-literal.ts'

/** The call with the packages of this project: the options and messages that the page's own call was made with. */
export function packagesCode(call: RecordedCall, request: RunRequest): CodeSample {
  const { handler } = request.endpoint
  return modelObjectCode(call, {
    package: '@x/sagemaker-llm',
    className: 'SagemakerLLM',
    variable: 'llm',
    handler,
    routing: routingOptions(request.endpoint),
    options: withoutDefaults(modelOptions(request)),
    lines: request.stream ? streamed(request) : whole(request),
    notes: [
      connectionNote(call),
      'Every container format is read to text; retries, time limits and the end of the connection are taken care of. A failure is one SagemakerError with a code.',
      ...(request.parameters.temperature === undefined || request.parameters.maxNewTokens === undefined
        ? ['A temperature or maxNewTokens that is not given is sent as 0.1 or 512.']
        : []),
    ],
  })
}

function withoutDefaults({ reasoning, ...options }: ModelOptions): object {
  return { ...options, reasoning: reasoning === 'as-sent' ? undefined : reasoning }
}

type ModelOptions = ReturnType<typeof modelOptions> & { readonly reasoning?: 'split' | 'as-sent' }

function streamed(request: RunRequest): string[] {
  const method = request.mode === 'chat' ? 'streamChat' : 'streamComplete'
  const input = typescriptLiteral(modelInput(request), '', `const stream = llm.${method}()`.length)
  const { reasoning, tools } = extras(request)
  const extra = [reasoning && 'reasoningDelta', tools && 'toolCallDelta'].filter((name) => name !== false)
  const stream = `const stream = llm.${method}(${input})`
  if (extra.length === 0)
    return [stream, 'for await (const { delta } of stream) process.stdout.write(delta)', 'console.log()']
  return [
    stream,
    `for await (const { ${['delta', ...extra].join(', ')} } of stream) {`,
    ...(reasoning ? [`  process.stderr.write(reasoningDelta ?? '')`] : []),
    '  process.stdout.write(delta)',
    // The name comes with the first fragment, the arguments as pieces of JSON.
    ...(tools ? ['  if (toolCallDelta !== undefined) console.error(toolCallDelta)'] : []),
    '}',
    'console.log()',
  ]
}

function whole(request: RunRequest): string[] {
  const method = request.mode === 'chat' ? 'chat' : 'complete'
  const input = typescriptLiteral(modelInput(request), '', `const answer = await llm.${method}()`.length)
  const { reasoning, tools } = extras(request)
  return [
    `const answer = await llm.${method}(${input})`,
    ...(reasoning ? ['console.error(answer.reasoning)'] : []),
    'console.log(answer.text)',
    ...(tools ? ['console.error(answer.toolCalls)'] : []),
  ]
}

/** What an answer may hold in addition to its text, for which the page asked. */
const extras = (request: RunRequest) => ({
  reasoning: request.mode === 'chat' && request.splitReasoning === true,
  tools: request.mode === 'chat' && (request.tools ?? []).length > 0,
})
