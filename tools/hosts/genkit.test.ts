import {
  json,
  type LocalRuntime,
  type ReceivedRequest,
  scripted,
  serverSentEventText,
  startLocalRuntime,
} from '@x/sagemaker-local'
import { existsSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { runCommand } from '../packages/run-command.ts'

const folder = path.join(import.meta.dirname, 'genkit')
const isInstalled = existsSync(path.join(folder, 'node_modules', 'genkit'))
if (!isInstalled) console.warn('SKIPPED: what runs in Genkit only. Install it with: node tools/hosts/install.mjs')

interface Message {
  readonly role: string
  readonly content: string | readonly { readonly type: string }[] | null
}

/** What a model would answer that passes Genkit's tests: each of them asks one thing. */
function answerOf({ messages, response_format: format }: { messages: readonly Message[]; response_format?: object }) {
  const said = JSON.stringify(messages)
  const last = messages.at(-1)
  if (last?.role === 'tool') return { content: `A gablorken is ${JSON.stringify(last.content)}.` }
  if (said.includes('gablorken')) {
    const call = { name: 'gablorkenTool', arguments: '{"value":2}' }
    return { tool_calls: [{ index: 0, id: 'call_1', type: 'function', function: call }] }
  }
  if (format !== undefined) return { content: '{"name":"Jack","occupation":"Lumberjack"}' }
  if (said.includes('image_url')) return { content: 'It is plus.' }
  if (messages[0]?.role === 'system') return { content: 'Bye' }
  return { content: said.includes('Glorb') ? 'Your name is Glorb.' : 'Hi there' }
}

function model(request: ReceivedRequest) {
  const body = request.json() as { messages: Message[]; stream?: boolean }
  const { content, ...calls } = answerOf(body)
  if (body.stream !== true) return json({ choices: [{ message: { content, ...calls }, finish_reason: 'stop' }] })
  const pieces = content?.match(/[^]{1,6}/gu) ?? []
  const deltas = [...pieces.map((piece) => ({ content: piece })), ...('tool_calls' in calls ? [calls] : [])]
  const finish = 'tool_calls' in calls ? 'tool_calls' : 'stop'
  return serverSentEventText([
    ...deltas.map((delta) => ({ choices: [{ index: 0, delta, finish_reason: null }] })),
    { choices: [{ index: 0, delta: {}, finish_reason: finish }] },
    '[DONE]',
  ])
}

let runtime: LocalRuntime
beforeAll(async () => {
  runtime = await startLocalRuntime({ endpoints: { 'my-model': scripted(model) } })
})
afterAll(() => runtime.close())

test.skipIf(!isInstalled)(
  'a SageMaker model passes the tests that Genkit has for models',
  { timeout: 120_000 },
  async () => {
    const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], GENKIT_TELEMETRY_DISABLED: 'true' }
    const output = await runCommand(process.execPath, ['conformance.mjs', runtime.url], { cwd: folder, env })
    expect(output.trim().split('\n')).toEqual([
      'basic hi: passed',
      'multimodal: passed',
      'history: passed',
      'system prompt: passed',
      'structured output: passed',
      'tool calling: passed',
      'stream: true true',
    ])
  },
)
