import { join } from 'node:path'
import { demoLanguageModel, startLocalRuntime, type LocalRuntime } from '@x/sagemaker-local'
import { EventStreamDecoder, JsonSequenceDecoder } from '@x/stream-core/decoders'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunEvent } from '../protocol/run-event.ts'
import type { RunRequest } from '../protocol/run-request.ts'
import { EndpointPool } from '../server/endpoint-pool.ts'
import { runCall } from '../server/run-call.ts'
import { reasoningModel } from '../demo/reasoning-model.ts'
import { findSigningCurl } from '../test-support/find-signing-curl.ts'
import { runProgram } from '../test-support/run-program.ts'
import { codeSamples } from './code-samples.ts'
import type { CodeSample } from './code-sample.ts'
import { recordedCall } from './recorded-call.ts'

const hasCurl = findSigningCurl()
const folder = join(import.meta.dirname, '..', '..')

/** The runtime refuses what is not signed with this. It is what the page's own calls to it are signed with, too. */
const credentials = { accessKeyId: 'local', secretAccessKey: 'local' }

const hard = `It's "hard": \\ \\n \${HOME} $(id) \`id\` !! # %s @- 'q' é 世界 👩‍🚀 \u202E\n\ttab </script>`

const getWeather = {
  name: 'get_weather',
  description: "The weather in a city, as it's now",
  inputSchema: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
}

const calls: readonly (readonly [name: string, request: RunRequest])[] = [
  [
    'a chat that streams',
    {
      mode: 'chat',
      messages: [
        { role: 'user', content: hard },
        { role: 'assistant', content: 'What a prompt!' },
        { role: 'user', content: 'Why do waves break?' },
      ],
      systemPrompt: `Be 'brief'.\n${hard}`,
      endpoint: { source: 'local', name: 'demo-llm' },
      parameters: { temperature: 0.7, maxNewTokens: 40, seed: 3, topP: 0.9, stopSequences: ['\n\n', "'"] },
      stream: true,
    },
  ],
  [
    'a chat that does not stream',
    {
      mode: 'chat',
      messages: [{ role: 'user', content: `Why do waves break? ${hard}` }],
      endpoint: { source: 'local', name: 'demo-openai' },
      parameters: { maxNewTokens: 30 },
      stream: false,
    },
  ],
  [
    'a completion that streams',
    {
      mode: 'complete',
      prompt: `${hard} The tide rises`,
      endpoint: { source: 'local', name: 'demo-llm' },
      parameters: { maxNewTokens: 30, topK: 20 },
      stream: true,
    },
  ],
  [
    'a chat with tools, their results and reasoning',
    {
      mode: 'chat',
      messages: [
        { role: 'user', content: 'What is the weather in Paris?' },
        {
          role: 'assistant',
          content: '',
          toolCalls: [{ id: 'call_1', name: 'get_weather', input: { city: "L'Isle" } }],
        },
        { role: 'tool', toolCallId: 'call_1', content: "it's sunny" },
      ],
      tools: [getWeather],
      splitReasoning: true,
      endpoint: { source: 'local', name: 'demo-reasoner' },
      parameters: { temperature: 0 },
      stream: true,
    },
  ],
]

/** What a container said, read from the bytes of its answer. */
function textOf(bytes: Uint8Array): string {
  const decoder = new JsonSequenceDecoder()
  const values = [...decoder.push(bytes), ...decoder.flush()] as Record<string, never>[]
  return values.map((value) => saidIn(value) ?? '').join('')
}

interface Said {
  readonly choices?: readonly { readonly delta?: Message; readonly message?: Message }[]
  readonly token?: { readonly text: string; readonly special?: boolean }
}
interface Message {
  readonly content?: string | null
}

const saidIn = ({ choices, token }: Said): string | null | undefined =>
  token === undefined
    ? (choices?.[0]?.delta ?? choices?.[0]?.message)?.content
    : token.special === true
      ? ''
      : token.text

function payloadsOf(frames: Uint8Array): Buffer {
  const decoder = new EventStreamDecoder()
  const messages = [...decoder.push(frames), ...decoder.flush()]
  return Buffer.concat(messages.map(({ payload }) => payload))
}

/** All the TypeScript of this file, compiled at the end in one go. */
const programs: string[] = []

describe.each(calls)('the code of %s', { timeout: 120_000 }, (_, request) => {
  let runtime: LocalRuntime
  let events: RunEvent[]
  let samples: readonly CodeSample[]

  beforeAll(async () => {
    runtime = await startLocalRuntime({
      endpoints: {
        'demo-llm': demoLanguageModel({ format: 'tgi' }),
        'demo-openai': demoLanguageModel({ format: 'openai' }),
        'demo-reasoner': reasoningModel(0),
      },
      requireSignature: credentials,
    })
    const setup = { runtimeUrl: runtime.url, region: undefined, profile: undefined }
    const pool = new EndpointPool(setup)
    events = []
    const channel = runCall(pool, request, new AbortController().signal)
    for (let batch = await channel.take(); batch !== undefined; batch = await channel.take()) events.push(...batch)
    pool.close()
    const call = recordedCall({ request, events }, setup)
    samples = call === undefined ? [] : codeSamples(call)
    programs.push(codeOf('packages'), codeOf('sdk'), ...(request.mode === 'chat' ? [codeOf('ai-sdk')] : []))
  }, 60_000)
  afterAll(() => runtime?.close())

  const codeOf = (id: CodeSample['id']) => samples.find((sample) => sample.id === id)?.code ?? ''
  const pageText = () =>
    events.map((event) => (event.type === 'delta' && event.channel === 'text' ? event.text : '')).join('')
  const pageBytes = () =>
    Buffer.concat(events.map((event) => Buffer.from(event.type === 'part' ? event.bytes : '', 'base64')))

  /** Runs code from its tab as a program of its own. */
  const runTypeScript = (id: CodeSample['id']) =>
    runProgram(
      process.execPath,
      [
        '--conditions=@x/source',
        '--disable-warning=ExperimentalWarning',
        '--input-type=module-typescript',
        '-e',
        codeOf(id),
      ],
      { cwd: folder },
    )

  /** What the runtime received, in all that a container or SageMaker could tell apart. */
  const received = () =>
    runtime.requests.map(({ method, path, text, contentType, accept, outcome }) => ({
      method,
      path,
      text,
      contentType,
      accept,
      outcome,
    }))
  function expectSameRequest() {
    const [page, ...others] = received()
    expect(others.at(-1)).toEqual(page)
  }

  it('answers with the packages as it did on the page', async () => {
    expect(events.at(-1)?.type).toBe('end')
    const { exitCode, stdout, stderr } = await runTypeScript('packages')
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 })
    expect(stdout.toString()).toBe(`${pageText()}\n`)
    expect(pageText().length).toBeGreaterThan(10)
    expectSameRequest()
  })

  it.runIf(request.mode === 'chat')('answers with the AI SDK, to the request of the page', async () => {
    const { exitCode, stdout, stderr } = await runTypeScript('ai-sdk')
    expect({ exitCode, stderr }).toMatchObject({ exitCode: 0 })
    expect(stdout.toString().length).toBeGreaterThan(10)
    const [page, ...others] = received().map(({ text }) => JSON.parse(text) as Record<string, unknown>)
    // What the page fills in is left to the container.
    const { temperature, maxNewTokens } = request.parameters
    const filledIn = {
      ...(temperature === undefined && { temperature: 0.1 }),
      ...(maxNewTokens === undefined && { max_tokens: 512 }),
    }
    // Which is what a container does with tools anyway.
    const { tool_choice: choice, ...sent } = { tool_choice: 'auto', ...others.at(-1) }
    expect(choice).toBe('auto')
    expect({ ...sent, ...filledIn }).toEqual(page)
  })

  it('answers with the bare SDK as the container did', async () => {
    const { exitCode, stdout, stderr } = await runTypeScript('sdk')
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    expect(textOf(stdout)).toBe(textOf(pageBytes()))
    expect(textOf(stdout).length).toBeGreaterThan(10)
    expectSameRequest()
  })

  it.skipIf(!hasCurl)('answers with curl as the container did, and is signed', async () => {
    const env = { AWS_ACCESS_KEY_ID: credentials.accessKeyId, AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey }
    const { exitCode, stdout, stderr } = await runProgram('sh', ['-c', codeOf('curl')], { env })
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: '' })
    const answer = request.stream ? payloadsOf(stdout) : stdout
    expect(textOf(answer)).toBe(textOf(pageBytes()))
    expectSameRequest()

    const refused = await runProgram('sh', ['-c', codeOf('curl')], { env: { ...env, AWS_SECRET_ACCESS_KEY: 'other' } })
    expect({ ...refused, stdout: refused.stdout.toString() }).toMatchObject({
      exitCode: 22,
      stdout: expect.stringContaining('signature') as unknown,
    })
  })
})

it('compiles with strict options', { timeout: 120_000 }, () => {
  expect(programs).toHaveLength(3 * calls.length - 1)
  expect(problemsOf(programs)).toEqual([])
  expect(
    problemsOf([`import { SagemakerLLM } from '@x/sagemaker-llm'\nnew SagemakerLLM({ endpoint: 1 })`]),
  ).not.toEqual([])
})

/** What the compiler finds wrong with programs that are nowhere but here. */
function problemsOf(codes: readonly string[]): string[] {
  const files = new Map(codes.map((code, index) => [join(folder, 'src', `generated-${index}.ts`), code]))
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.ESNext,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    lib: ['lib.es2023.d.ts', 'lib.dom.d.ts', 'lib.dom.asynciterable.d.ts'],
    types: ['node'],
    customConditions: ['@x/source'],
    allowImportingTsExtensions: true,
    noEmit: true,
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    verbatimModuleSyntax: true,
    skipLibCheck: true,
  }
  const host = ts.createCompilerHost(options)
  const { fileExists, getSourceFile } = host
  host.fileExists = (name) => files.has(name) || fileExists(name)
  host.getSourceFile = (name, languageVersion) => {
    const code = files.get(name)
    return code === undefined ? getSourceFile(name, languageVersion) : ts.createSourceFile(name, code, languageVersion)
  }
  const program = ts.createProgram([...files.keys()], options, host)
  return [...files.keys()]
    .map((name) => program.getSourceFile(name))
    .flatMap((file) => [...program.getSyntacticDiagnostics(file), ...program.getSemanticDiagnostics(file)])
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, '\n'))
}
