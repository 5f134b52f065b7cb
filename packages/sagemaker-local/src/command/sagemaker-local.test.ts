import { spawn, type ChildProcessWithoutNullStreams } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, readdir, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { InvokeEndpointWithResponseStreamCommand } from '@aws-sdk/client-sagemaker-runtime'
import { afterEach, expect, test, vi } from 'vitest'
import { startLocalRuntime } from '../runtime/local-runtime.ts'
import { readParts, sdkClient } from '../test-support/sdk-client.ts'

// A busy machine is not a failure.
vi.setConfig({ testTimeout: 60_000 })

const script = fileURLToPath(new URL('../sagemaker-local.ts', import.meta.url))
const running = new Set<ChildProcessWithoutNullStreams>()

afterEach(() => {
  for (const child of running) child.kill('SIGKILL')
})

function run(...args: string[]) {
  const child = spawn(process.execPath, ['--conditions=@x/source', script, ...args])
  running.add(child)
  const output = { text: '' }
  child.stdout.on('data', (chunk) => (output.text += String(chunk)))
  child.stderr.on('data', (chunk) => (output.text += String(chunk)))
  const exit = once(child, 'close').then(([code]) => {
    running.delete(child)
    return { code: code as number | null, output: output.text }
  })
  return { child, exit, output }
}

async function urlOf({ output, child }: ReturnType<typeof run>): Promise<string> {
  for (;;) {
    const url = /listening on (\S+)/.exec(output.text)?.[1]
    if (url !== undefined && output.text.includes('Ctrl-C stops it.')) return url
    await once(child.stdout, 'data')
  }
}

test('--help shows options and examples, --version the version', async () => {
  const [help, version] = await Promise.all([run('--help').exit, run('--version').exit])
  expect(help).toEqual({
    code: 0,
    output: expect.stringContaining('npx @x/sagemaker-local --port 9000 --endpoint my-llama=demo:openai'),
  })
  expect(version).toEqual({ code: 0, output: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) })
})

test('a mistake gets one sentence and exit code 2', async () => {
  expect(await run('--port', 'x').exit).toEqual({
    code: 2,
    output: 'sagemaker-local: --port cannot be "x".\nTry npx @x/sagemaker-local --help.\n',
  })
})

test('a taken port gets one sentence', async () => {
  await using other = await startLocalRuntime({ endpoints: {} })
  const { code, output } = await run('--port', String(other.port)).exit
  expect(code).toBe(2)
  expect(output).toContain(`Port ${other.port} is taken. Choose another one with --port`)
})

test('serves its endpoints until Ctrl-C, which lets answers finish', async () => {
  const command = run('--port', '0', '--endpoint', 'slow=demo', '--tokens-per-second', '20')
  const url = await urlOf(command)
  const client = sdkClient({ url })
  const body = { inputs: 'The sea', parameters: { max_new_tokens: 10 }, stream: true }
  const request = { EndpointName: 'slow', ContentType: 'application/json', Body: JSON.stringify(body) }
  const { Body } = await client.send(new InvokeEndpointWithResponseStreamCommand(request))
  command.child.kill('SIGINT')
  const { parts, error } = await readParts(Body)
  expect(error).toBeUndefined()
  expect(parts).toHaveLength(10)
  const { code, output } = await command.exit
  expect(code).toBe(0)
  expect(output).toContain('Finishing 1 answers.')
})

test('prints a line per request, in symbols what others wrote, and none with --quiet', async () => {
  const call = async (url: string): Promise<void> => {
    for (const name of ['demo-llm', '%1B%5D52%3Bc%07']) {
      await fetch(`${url}/endpoints/${name}/invocations`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"inputs":"The sea"}',
      }).then((response) => response.text())
    }
  }
  const [command, quiet] = [run('--port', '0'), run('--port', '0', '--quiet')]
  await call(await urlOf(command))
  await call(await urlOf(quiet))
  await vi.waitFor(() => {
    expect(command.output.text).toMatch(/^POST demo-llm 200 invoke 1 part \d+ ms$/m)
    expect(command.output.text).toMatch(/^POST ␛\]52;c␇ 400 invoke 0 parts \d+ ms$/m)
  })
  expect(command.output.text).not.toContain('\u001b')
  quiet.child.kill('SIGINT')
  expect((await quiet.exit).output).not.toContain('POST')
})

test('a second Ctrl-C stops at once', async () => {
  const command = run('--port', '0', '--endpoint', 'stuck=demo', '--faults', 'stuck=ending:stall+afterParts:1')
  const client = sdkClient({ url: await urlOf(command) })
  const body = { inputs: 'The sea', stream: true }
  const { Body } = await client.send(
    new InvokeEndpointWithResponseStreamCommand({
      EndpointName: 'stuck',
      ContentType: 'application/json',
      Body: JSON.stringify(body),
    }),
  )
  command.child.kill('SIGINT')
  while (!command.output.text.includes('Finishing 1 answers.')) await once(command.child.stdout, 'data')
  command.child.kill('SIGINT')
  expect((await command.exit).code).toBe(130)
  expect(await readParts(Body)).toMatchObject({ error: { code: 'ECONNRESET' } })
})

test('records calls to files and answers from one', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'sagemaker-local-'))
  try {
    const recording = run('--port', '0', '--endpoint', 'llm=demo', '--record', folder)
    const call = async (url: string): Promise<string> => {
      const response = await fetch(`${url}/endpoints/llm/invocations`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: '{"inputs":"The sea","parameters":{"max_new_tokens":2}}',
      })
      return response.text()
    }
    const answer = await call(await urlOf(recording))
    recording.child.kill('SIGINT')
    await recording.exit
    expect(await readdir(folder)).toEqual(['llm-1.jsonl'])
    expect((await stat(join(folder, 'llm-1.jsonl'))).mode & 0o777).toBe(0o600)
    const replaying = run('--port', '0', '--endpoint', `llm=replay:${join(folder, 'llm-1.jsonl')}`)
    expect(await call(await urlOf(replaying))).toBe(answer)
    replaying.child.kill('SIGINT')
    await replaying.exit
  } finally {
    await rm(folder, { recursive: true })
  }
})

test.each(['/proc/nope/deep', '/dev/null/x', '/proc'])(
  'a folder in which nothing can be written is refused at the start: %s',
  async (folder) => {
    const { code, output } = await run('--port', '0', '--record', folder).exit
    expect(code).toBe(2)
    expect(output).toContain(`sagemaker-local: --record ${folder}: no file can be written there (E`)
  },
)

test('warns of an address that other machines can reach, and of no other', async () => {
  const [open, closed] = [run('--port', '0', '--host', '0.0.0.0'), run('--port', '0', '--host', 'localhost')]
  await urlOf(open)
  await urlOf(closed)
  expect(open.output.text).toContain('Warning: other machines can reach 0.0.0.0.')
  expect(closed.output.text).not.toContain('Warning')
})
