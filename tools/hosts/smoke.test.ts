import {
  demoClassificationModel,
  demoEmbeddingModel,
  demoLanguageModel,
  demoRerankModel,
  type LocalRuntime,
  startLocalRuntime,
} from '@x/sagemaker-local'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { runCommand } from '../packages/run-command.ts'
import { hostProgram } from './host-program.ts'

const program = path.join(import.meta.dirname, 'smoke-program.mjs')
const hosts = [
  { host: 'the pinned Node.js', command: process.execPath, args: [program] },
  { host: 'Node.js 22.12', command: hostProgram('node-22.12'), args: [program] },
  { host: 'Node.js 26', command: hostProgram('node-26'), args: [program] },
  { host: 'Bun', command: hostProgram('bun'), args: [program] },
  { host: 'Deno', command: hostProgram('deno'), args: ['run', '--allow-all', '--no-lock', program] },
]

const printed = `
invoke: 200 true
invokeStream: true
invokeAsync: true
complete: true
streamComplete: true
chat: assistant
streamChat: true
converseStream: metadata
openai: true
abort: aborted true
timeout: timeout
error: endpoint-not-found 400
broken stream: stream-interrupted true
embed: true true
embedStream: 3
rerank: 1,0
classify: positive
discover: true
`.trim()

let runtime: LocalRuntime
beforeAll(async () => {
  runtime = await startLocalRuntime({
    endpoints: {
      'my-llama': demoLanguageModel(),
      'my-openai': demoLanguageModel({ format: 'openai' }),
      'my-broken': { model: demoLanguageModel(), faults: { ending: 'reset', afterParts: 2 } },
      'my-bge': demoEmbeddingModel(),
      'my-reranker': demoRerankModel(),
      'my-classifier': demoClassificationModel(),
    },
  })
})
afterAll(() => runtime.close())

describe.each(hosts)('$host', ({ command, args }) => {
  test.skipIf(command === undefined)('makes one call of each kind', { timeout: 60_000 }, async () => {
    const env = { PATH: process.env['PATH'], HOME: process.env['HOME'], DENO_NO_UPDATE_CHECK: '1' }
    const output = await runCommand(command!, [...args, runtime.url], { cwd: import.meta.dirname, env })
    expect(output.trim()).toBe(printed)
    // Every connection is closed: the program ended, and the stream that it left early with it.
    await expect.poll(() => runtime.openSockets).toBe(0)
  })
})
