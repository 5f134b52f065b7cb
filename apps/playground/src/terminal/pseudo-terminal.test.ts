import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { stripVTControlCharacters } from 'node:util'
import {
  demoEmbeddingModel,
  part,
  scripted,
  stall,
  startLocalRuntime,
  stream,
  type LocalRuntime,
  type ReceivedRequest,
} from '@x/sagemaker-local'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { keys, playgroundInTerminal, whyNoPseudoTerminal } from './test-support/pseudo-terminal.ts'

// A busy machine is not a failure.
vi.setConfig({ testTimeout: 60_000 })

const chunk = (content: string, finishReason: string | null = null) =>
  part(`data: ${JSON.stringify({ choices: [{ index: 0, delta: { content }, finish_reason: finishReason }] })}\n\n`)

interface Messages {
  readonly messages: readonly { readonly role: string; readonly content: string }[]
}

const messagesOf = (request: ReceivedRequest) => (request.json() as Messages).messages

/** Answers with what was said last; never ends an answer to `go on`. */
const echo = scripted((request) => {
  const last = messagesOf(request).at(-1)?.content ?? ''
  if (last === 'go on') return stream([chunk('and on'), stall()])
  return stream([chunk(`you said ${last}`), chunk('', 'stop'), part('data: [DONE]\n\n')])
})

const missing = whyNoPseudoTerminal()

describe.skipIf(missing !== undefined)(`in a terminal${missing === undefined ? '' : ` (skipped: ${missing})`}`, () => {
  let runtime: LocalRuntime
  let folder: string
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'playground-'))
    runtime = await startLocalRuntime({ endpoints: { echo, embed: demoEmbeddingModel() } })
  })
  afterAll(async () => {
    await runtime.close()
    await rm(folder, { recursive: true, force: true })
  })

  it('converses: Ctrl-C stops the answer, the conversation goes on, and another Ctrl-C or two end it', async () => {
    const { child, end, written } = playgroundInTerminal(['chat', '--endpoint', 'echo', '--url', runtime.url])
    await written('/help tells more')
    child.stdin.write(`one${keys.enter}`)
    await written('you said one')
    await written('stopped: end_turn')
    child.stdin.write(`go on${keys.enter}`)
    await written('and on')
    child.stdin.write(keys.controlC)
    await written('(stopped)')
    child.stdin.write(`two${keys.enter}`)
    await written('you said two')
    await written(/you said two[^]*stopped: end_turn/)
    child.stdin.write(keys.controlC)
    await written('(Ctrl-C again or Ctrl-D ends)')
    child.stdin.write(keys.controlC)
    expect((await end).code).toBe(130)
    expect(messagesOf(runtime.requests.at(-1)!)).toEqual([
      { role: 'user', content: 'one' },
      { role: 'assistant', content: 'you said one' },
      { role: 'user', content: 'go on' },
      { role: 'assistant', content: 'and on' },
      { role: 'user', content: 'two' },
    ])
    expect(runtime.requests.at(-2)!.outcome).toBe('aborted')
  })

  it('ends at a second Ctrl-C after the one that stopped the answer', async () => {
    const { child, end, written } = playgroundInTerminal(['chat', '--endpoint', 'echo', '--url', runtime.url])
    await written('/help tells more')
    child.stdin.write(`go on${keys.enter}`)
    await written('and on')
    child.stdin.write(keys.controlC)
    await written('(stopped)')
    child.stdin.write(keys.controlC)
    expect((await end).code).toBe(130)
  })

  it('ends at Ctrl-D, keeps what is asked to be kept, and knows its commands', async () => {
    const file = join(folder, 'saved.json')
    const { child, end, written } = playgroundInTerminal([
      'chat',
      '--endpoint',
      'echo',
      '--url',
      runtime.url,
      '--system',
      'Be brief.',
    ])
    await written('/help tells more')
    child.stdin.write(`first \\${keys.enter}second${keys.enter}`)
    await written(/you said first[^]*stopped: end_turn/)
    child.stdin.write(`/save ${file}${keys.enter}`)
    await written('3 messages are in')
    child.stdin.write(`/clear${keys.enter}`)
    await written('A new conversation.')
    child.stdin.write(`/dance${keys.enter}`)
    await written('There is no /dance.')
    child.stdin.write(keys.controlD)
    expect((await end).code).toBe(0)
    expect(JSON.parse(await readFile(file, 'utf8'))).toEqual([
      { role: 'system', content: 'Be brief.' },
      { role: 'user', content: 'first \nsecond' },
      { role: 'assistant', content: 'you said first \nsecond' },
    ])
  })

  it('shows progress on one line, and results where they belong', async () => {
    const corpus = join(folder, 'corpus.txt')
    const output = join(folder, 'vectors.jsonl')
    await writeFile(corpus, Array.from({ length: 40 }, (_, index) => `text ${index}\n`).join(''))
    const { end } = playgroundInTerminal(['embed', corpus, '--endpoint', 'embed', '--url', runtime.url], `> ${output}`)
    const { code, stdout } = await end
    expect(code).toBe(0)
    expect(stdout.split('\r\u001b[K')[1]).toMatch(/^\d+ % · \d+ rows? · \S+ a second$/)
    expect(stripVTControlCharacters(stdout).trimEnd()).toMatch(/40 rows, 0 failed, \S+ m?s$/)
    expect((await readFile(output, 'utf8')).trimEnd().split('\n')).toHaveLength(40)
  })
})
