import { spawnSync } from 'node:child_process'
import { runInThisContext } from 'node:vm'
import * as fc from 'fast-check'
import { describe, expect, it, vi } from 'vitest'
import type { RunEventOf } from '../protocol/run-event.ts'
import type { RunRequest } from '../protocol/run-request.ts'
import { modelInput } from '../protocol/model-call.ts'
import { hardText } from '../test-support/hard-text.ts'
import { codeSamples } from './code-samples.ts'
import type { CodeSample } from './code-sample.ts'
import { recordedCall, type RecordedCall } from './recorded-call.ts'

const local = { runtimeUrl: 'http://127.0.0.1:8080', region: 'eu-west-1', profile: 'work' }

function callOf(request: Partial<RunRequest>, sent: Partial<RunEventOf<'request'>> = {}, setup = local): RecordedCall {
  const whole = {
    mode: 'complete',
    prompt: 'Hi',
    endpoint: { source: 'local', name: 'demo-llm' },
    parameters: {},
    stream: false,
    ...request,
  } as RunRequest
  const event = {
    type: 'request',
    at: 0,
    operation: whole.stream ? 'InvokeEndpointWithResponseStream' : 'InvokeEndpoint',
    contentType: 'application/json',
    body: '{"inputs":"Hi"}',
    ...sent,
  } as const
  const call = recordedCall({ request: whole, events: [event] }, setup)
  if (call === undefined) throw new Error('no call')
  return call
}

const codeOf = (call: RecordedCall, id: CodeSample['id']): string =>
  codeSamples(call).find((sample) => sample.id === id)?.code ?? ''

/** Runs TypeScript that has no types in it, with these in the place of what it imports. */
const run = (code: string, names: Readonly<Record<string, unknown>>): Promise<void> => {
  const body = code.replace(/^import .*$/m, '')
  const main = runInThisContext(`(async ({ ${Object.keys(names).join(', ')} }) => {${body}})`) as (
    imported: object,
  ) => Promise<void>
  return main(names)
}

const silentConsole = { log: () => undefined, error: () => undefined }

describe('code with the packages', () => {
  it('asks whatever was asked', async () => {
    await fc.assert(
      fc.asyncProperty(hardText, hardText, fc.boolean(), async (prompt, system, stream) => {
        const request: RunRequest = {
          endpoint: { source: 'local', name: 'demo-llm' },
          parameters: {},
          mode: 'chat',
          messages: [{ role: 'user', content: prompt }],
          systemPrompt: system,
          stream,
        }
        const asked: unknown[] = []
        class SagemakerLLM {
          streamChat(input: unknown) {
            asked.push(input)
            return []
          }
          chat(input: unknown) {
            asked.push(input)
            return { text: '' }
          }
        }
        await run(codeOf(callOf(request), 'packages'), { SagemakerLLM, console: silentConsole })
        expect(asked).toEqual([modelInput(request)])
      }),
    )
  })

  it('says where the call goes and how it was made, and nothing else', () => {
    const endpoint = { source: 'aws', name: 'my-llama', profile: 'other' } as const
    const call = callOf({ endpoint, parameters: { seed: 7, stopSequences: ['\n'] }, prompt: 'The tide', stream: true })
    expect(codeOf(call, 'packages')).toBe(`import { SagemakerLLM } from '@x/sagemaker-llm'

const llm = new SagemakerLLM({
  endpointName: 'my-llama',
  region: 'eu-west-1',
  clientOptions: { profile: 'other' },
  seed: 7,
  stopSequences: ['\\n'],
})

const stream = llm.streamComplete('The tide')
for await (const { delta } of stream) process.stdout.write(delta)
console.log()
`)
  })
})

describe('code with the bare SDK', () => {
  const bodies = fc.oneof(
    fc.jsonValue().map((value) => JSON.stringify(value)),
    fc.dictionary(fc.oneof(hardText, fc.constant('__proto__')), hardText).map((value) => JSON.stringify(value)),
    hardText,
    // JSON that JSON.stringify would write otherwise.
    fc.constantFrom('{"a":1.0}', '{"b":1,"1":2}', '{ "a": 1 }', '{"a":1,"a":2}', '{"a":"\\u0041"}', '[-0]'),
  )

  it('sends the body that was sent, to the byte', async () => {
    await fc.assert(
      fc.asyncProperty(bodies, fc.boolean(), async (body, stream) => {
        const inputs: unknown[] = []
        class Command {
          readonly input: unknown
          constructor(input: unknown) {
            this.input = input
          }
        }
        class SageMakerRuntimeClient {
          send({ input }: Command) {
            inputs.push(input)
            return { Body: stream ? [] : { transformToString: () => '' } }
          }
        }
        await run(codeOf(callOf({ stream }, { body, accept: 'a/b' }), 'sdk'), {
          InvokeEndpointCommand: Command,
          InvokeEndpointWithResponseStreamCommand: Command,
          SageMakerRuntimeClient,
          console: silentConsole,
        })
        expect(inputs).toEqual([
          { EndpointName: 'demo-llm', ContentType: 'application/json', Accept: 'a/b', Body: body },
        ])
      }),
    )
  })

  it('shows the body as an object where that comes to the same', () => {
    expect(codeOf(callOf({}, { body: '{"inputs":"Hi","stream":false}' }), 'sdk')).toContain(
      `Body: JSON.stringify({ inputs: 'Hi', stream: false }),`,
    )
    expect(codeOf(callOf({}, { body: '{"inputs": "Hi"}' }), 'sdk')).toContain(`Body: '{"inputs": "Hi"}',`)
  })
})

describe('code with curl', () => {
  /** What curl is given, and on its standard input. */
  function argumentsOf(code: string, environment: NodeJS.ProcessEnv = {}): { given: string[]; input: string } {
    const script = `curl() { printf '%s\\0' "$@"; case " $* " in *' --data-binary '*) cat ;; esac; }\n${code}`
    const { stdout, stderr, status } = spawnSync('sh', [], { input: script, encoding: 'utf8', env: environment })
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
    const parts = stdout.split('\0')
    return { given: parts.slice(0, -1), input: parts.at(-1) ?? '' }
  }

  it('passes on the body that was sent, whatever is in it', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(hardText, (prompt) => {
        const body = JSON.stringify({ inputs: prompt })
        const { given } = argumentsOf(codeOf(callOf({}, { body }), 'curl'))
        expect(given[given.indexOf('--data-raw') + 1]).toBe(body)
      }),
      { numRuns: 50 },
    )
  })

  it('hands a body that is too large for an argument over on standard input', () => {
    const body = JSON.stringify({ inputs: `it's ${'世'.repeat(60_000)}` })
    const { given, input } = argumentsOf(codeOf(callOf({}, { body }), 'curl'))
    expect(given[given.indexOf('--data-binary') + 1]).toBe('@-')
    expect(input).toBe(body)
  })

  it('takes key and token from the environment, and the region where none is known', () => {
    const endpoint = { source: 'aws', name: 'my-llama' } as const
    const call = callOf({ endpoint, stream: true }, { accept: 'a/b' }, { ...local, region: undefined as never })
    const environment = { AWS_ACCESS_KEY_ID: 'AKID', AWS_SECRET_ACCESS_KEY: 'se cret', AWS_REGION: 'eu-west-2' }
    const { given } = argumentsOf(codeOf(call, 'curl'), environment)
    expect(given.join('|')).toBe(
      [
        '--silent|--show-error|--fail-with-body|--no-buffer|--output|-',
        '--aws-sigv4|aws:amz:eu-west-2:sagemaker|--user|AKID:se cret',
        '--header|content-type: application/json|--header|x-amzn-sagemaker-accept: a/b',
        '--data-raw|{"inputs":"Hi"}',
        'https://runtime.sagemaker.eu-west-2.amazonaws.com/endpoints/my-llama/invocations-response-stream',
      ].join('|'),
    )
    const withToken = argumentsOf(codeOf(call, 'curl'), { ...environment, AWS_SESSION_TOKEN: 'to ken' }).given
    expect(withToken.slice(10, 12)).toEqual(['--header', 'x-amz-security-token: to ken'])
    expect(withToken.toSpliced(10, 2)).toEqual(given)
  })

  it('calls the local runtime, or the host of the region', () => {
    expect(argumentsOf(codeOf(callOf({}), 'curl')).given.at(-1)).toBe(
      'http://127.0.0.1:8080/endpoints/demo-llm/invocations',
    )
    const endpoint = { source: 'aws', name: 'my-llama', region: 'cn-north-1' } as const
    expect(argumentsOf(codeOf(callOf({ endpoint }), 'curl')).given.at(-1)).toBe(
      'https://runtime.sagemaker.cn-north-1.amazonaws.com.cn/endpoints/my-llama/invocations',
    )
  })
})

it('shows no credential', () => {
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'AKIDEXAMPLE')
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'wJalrXUtnFEMI')
  vi.stubEnv('AWS_SESSION_TOKEN', 'IQoJb3JpZ2lu')
  const onAws = callOf({ endpoint: { source: 'aws', name: 'my-llama' } })
  expect(JSON.stringify([...codeSamples(onAws), ...codeSamples(callOf({}))])).not.toMatch(/AKID|wJalr|IQoJ/)
  expect(codeOf(onAws, 'packages') + codeOf(onAws, 'sdk')).not.toMatch(/credential|accessKey|secret/i)
  vi.unstubAllEnvs()
})

describe('recordedCall', () => {
  it('is nothing for a call that never left', () => {
    expect(recordedCall({ request: callOf({}).request, events: [] }, local)).toBeUndefined()
  })
})
