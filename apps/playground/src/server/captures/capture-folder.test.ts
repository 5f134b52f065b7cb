import { appendFile, mkdtemp, rename, rm, symlink, truncate, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { captureTo } from '@x/sagemaker-endpoint/capture'
import { SagemakerLLM } from '@x/sagemaker-llm'
import { demoLanguageModel, startLocalRuntime } from '@x/sagemaker-local'
import * as fc from 'fast-check'
import { afterEach, beforeEach, expect, it, vi } from 'vitest'
import type { ObservedCall } from '../../protocol/observed-call.ts'
import { CaptureFile } from './capture-file.ts'
import { watchCaptureFolder, type WatchedFolder } from './capture-folder.ts'
import { CaptureHub } from './capture-hub.ts'

let folder: string
let hub: CaptureHub
let watched: WatchedFolder
let problems: string[]
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'captures-'))
  hub = new CaptureHub()
  problems = []
  watched = await watchCaptureFolder({ folder, hub, onProblem: (problem) => problems.push(problem) })
})
afterEach(async () => {
  await watched[Symbol.asyncDispose]()
  await rm(folder, { recursive: true, force: true })
})

/** The calls that a reader who comes now gets. */
async function callsOf(from: CaptureHub): Promise<readonly ObservedCall[]> {
  const calls = new Map<string, ObservedCall>()
  const channel = from.watch(new AbortController().signal)
  channel.close()
  for (const event of (await channel.take()) ?? []) {
    if (event.type === 'call') calls.set(event.call.id, event.call)
    else calls.delete(event.id)
  }
  return [...calls.values()]
}

const states = async (): Promise<readonly string[]> =>
  (await callsOf(hub)).map(({ endpointName, status }) => `${endpointName} ${status}`)

const line = (value: object): string => `${JSON.stringify(value)}\n`
const header = (endpointName: string, callId = '1'): string =>
  line({ type: 'capture', version: 1, callId, startedAt: '2026-01-01T00:00:00.000Z', endpointName })
const part = (text: string, callId = '1'): string =>
  line({ type: 'part', callId, at: 1, start: 0, bytes: Buffer.from(text).toString('base64') })
const end = (callId = '1'): string => line({ type: 'end', callId, at: 2 })

it('shows what captureTo writes to a file, while the call runs and without being asked', async () => {
  await using runtime = await startLocalRuntime({ endpoints: { it: demoLanguageModel({ tokensPerSecond: 200 }) } })
  const llm = new SagemakerLLM({
    endpointName: 'it',
    ...runtime.connection,
    observers: [captureTo(join(folder, 'app.jsonl'))],
  })
  const chunks = llm.streamChat([{ role: 'user', content: 'Hi' }], { maxNewTokens: 400 })[Symbol.asyncIterator]()
  await chunks.next()
  await vi.waitFor(async () => expect(await states()).toEqual(['it running']), { timeout: 20_000 })
  await chunks.return?.()
  await vi.waitFor(async () => expect(await states()).toEqual(['it failed']), { timeout: 20_000 })
  expect((await callsOf(hub))[0]).toMatchObject({ origin: 'program', code: 'aborted' })
  expect(problems).toEqual([])
})

it('reads files that are there before, and keeps files with the same ids apart', async () => {
  await writeFile(join(folder, 'a.jsonl'), `${header('a')}${part('x')}`)
  await writeFile(join(folder, 'b.jsonl'), `${header('b')}${end()}`)
  await writeFile(join(folder, 'notes.txt'), 'nothing')
  await watched.read()
  expect(await states()).toEqual(['a running', 'b done'])
  await appendFile(join(folder, 'a.jsonl'), end())
  await watched.read()
  expect(await states()).toEqual(['a done', 'b done'])
})

it('reads the same however the file is cut while it grows', async () => {
  const text = Buffer.from(`${header('五')}${part('data: {"五"}\n\n')}${end()}${header('two', '2')}\r\n${end('2')}`)
  await fc.assert(
    fc.asyncProperty(fc.array(fc.integer({ min: 1, max: text.length - 1 }), { maxLength: 5 }), async (cuts) => {
      const path = join(folder, 'cut.part')
      await writeFile(path, '')
      const own = new CaptureHub()
      const file = new CaptureFile(path, own, (problem) => problems.push(problem))
      const ends = [...cuts.toSorted((a, b) => a - b), text.length]
      for (const [index, to] of ends.entries()) {
        await appendFile(path, text.subarray(ends[index - 1] ?? 0, to))
        await file.read()
      }
      expect(await callsOf(own)).toMatchObject([
        { endpointName: '五', status: 'done', receivedBytes: 15 },
        { endpointName: 'two', status: 'done' },
      ])
    }),
    { numRuns: 30 },
  )
  expect(problems).toEqual([])
})

it('begins anew with a file that was truncated, replaced or removed, and ends the calls that it cut', async () => {
  const path = join(folder, 'app.jsonl')
  await writeFile(path, `${header('first')}${part('x')}{"type":"pa`)
  await watched.read()
  await truncate(path)
  await appendFile(path, header('second'))
  await watched.read()
  expect(await states()).toEqual(['first failed', 'second running'])
  await writeFile(join(folder, 'next'), header('third with a long name'))
  await rename(join(folder, 'next'), path)
  await watched.read()
  expect(await states()).toEqual(['first failed', 'second failed', 'third with a long name running'])
  await rm(path)
  await watched.read()
  expect((await states()).at(-1)).toBe('third with a long name failed')
  expect(problems).toEqual([])
})

it('leaves lines out that are not of a capture, once with a reason', async () => {
  await writeFile(join(folder, 'app.jsonl'), `${header('it')}not JSON\n\u0000\u001B[2J\n{"type":"part"}\n[]\n${end()}`)
  await watched.read()
  expect(await states()).toEqual(['it done'])
  expect(problems).toEqual(['app.jsonl: Line 2 is not JSON: this is not a capture.'])
})

it('leaves files alone that are not captures, and links out of the folder', async () => {
  await writeFile(join(folder, 'corpus.jsonl'), `"a text"\n${header('hidden')}`)
  await writeFile(join(folder, 'elsewhere'), header('elsewhere'))
  await symlink(join(folder, 'elsewhere'), join(folder, 'link.jsonl'))
  await watched.read()
  await watched.read()
  expect(await states()).toEqual([])
  expect(problems).toHaveLength(1)
  expect(problems[0]).toMatch(/^corpus\.jsonl: Line 1/)
})

it('cannot begin in a folder that is not there', async () => {
  const options = { folder: join(folder, 'nowhere'), hub, onProblem: () => {} }
  await expect(watchCaptureFolder(options)).rejects.toThrow('ENOENT')
})
