import { mkdir, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { scripted, startLocalRuntime } from '../index.ts'
import { openRecordFolder } from './record-folder.ts'

let base: string

beforeEach(async () => {
  base = await mkdtemp(path.join(tmpdir(), 'record-'))
})

afterEach(() => rm(base, { recursive: true, force: true }))

async function call(url: string, name: string): Promise<string> {
  const response = await fetch(`${url}/endpoints/${encodeURIComponent(name)}/invocations`, {
    method: 'POST',
    body: '{}',
  })
  return response.text()
}

test('makes the folder, numbers after the files that are there, and keeps captures to their owner', async () => {
  const folder = path.join(base, 'a', 'b')
  const print = (line: string): never => expect.fail(line)
  for (const round of [1, 2]) {
    const recorded = await openRecordFolder(folder, print)
    const names = ['e', 'a/../b']
    await using runtime = await startLocalRuntime({
      endpoints: Object.fromEntries(
        names.map((name) => [
          name,
          recorded(
            name,
            scripted(() => 'hello'),
          ),
        ]),
      ),
    })
    await Promise.all(names.flatMap((name) => [call(runtime.url, name), call(runtime.url, name)]))
    await expect.poll(() => readdir(folder)).toHaveLength(round * 4)
  }
  const files = (await readdir(folder)).toSorted()
  expect(files).toEqual(['a%2F..%2Fb', 'e'].flatMap((name) => [1, 2, 3, 4].map((number) => `${name}-${number}.jsonl`)))
  for (const file of files) {
    expect((await stat(path.join(folder, file))).mode & 0o777).toBe(0o600)
    await expect.poll(() => readFile(path.join(folder, file), 'utf8')).toContain('"type":"end"')
  }
})

test('a folder that disappears fails no call, and says so', async () => {
  const folder = path.join(base, 'gone')
  const lines: string[] = []
  const recorded = await openRecordFolder(folder, (line) => lines.push(line))
  await using runtime = await startLocalRuntime({
    endpoints: {
      e: recorded(
        'e',
        scripted(() => 'hello'),
      ),
    },
  })
  await rm(folder, { recursive: true })
  expect(await call(runtime.url, 'e')).toBe('hello')
  await expect.poll(() => lines).toEqual(['A call of e could not be recorded: ENOENT'])
  await mkdir(folder)
  expect(await call(runtime.url, 'e')).toBe('hello')
  await expect.poll(() => readdir(folder)).toEqual(['e-2.jsonl'])
})
