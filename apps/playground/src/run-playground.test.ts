import { execFile } from 'node:child_process'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { promisify, stripVTControlCharacters } from 'node:util'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { findSigningCurl } from './test-support/find-signing-curl.ts'
import { runPlayground } from './run-playground.ts'
import type { Terminal } from './demo/terminal.ts'

let pageFolder: string
beforeAll(async () => {
  pageFolder = await mkdtemp(join(tmpdir(), 'playground-'))
  await writeFile(join(pageFolder, 'index.html'), '<title>page</title>')
})
afterAll(() => rm(pageFolder, { recursive: true, force: true }))

/** Collects what is written, and tells when something is. */
function collectingTerminal() {
  let output = ''
  const waiting: { readonly text: RegExp; readonly resolve: (match: RegExpExecArray) => void }[] = []
  const write = (text: string): void => {
    output += text
    for (const { text, resolve } of waiting) {
      const match = text.exec(output)
      if (match !== null) resolve(match)
    }
  }
  const terminal: Terminal = { width: 80, write, line: (text = '') => write(`${text}\n`), style: (_, text) => text }
  const written = (text: RegExp) => new Promise<RegExpExecArray>((resolve) => waiting.push({ text, resolve }))
  return { terminal, written, output: () => output }
}

function takePort(): Promise<{ port: number; server: Server }> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () =>
      resolve({ port: (server.address() as AddressInfo).port, server }),
    )
  })
}

const shell = async (command: string): Promise<string> =>
  (await promisify(execFile)('sh', ['-c', command.replace('curl', 'curl --silent')])).stdout

describe('runPlayground', () => {
  it('shows the main job, serves the page, and ends everything at the signal', { timeout: 30_000 }, async () => {
    const interrupted = new AbortController()
    const { terminal, written, output } = collectingTerminal()
    const address = written(/Playground\s+(http:\S+)/)
    const gatewayAddress = written(/Gateway\s+(http:\S+)/)
    const running = runPlayground([], { terminal, pageFolder, signal: interrupted.signal })
    const [, url] = await address
    expect(output()).toMatch(/complete {2}demo-llm\n[\s\S]+stopped: max_tokens/)
    expect(output()).toMatch(/streamChat {2}demo-openai\n[\s\S]+first token after .+ then .+ each/)
    expect(output()).toMatch(/getTextEmbeddings {2}demo-embed\n[\s\S]+384 dimensions each/)
    expect(await (await fetch(url!)).text()).toBe('<title>page</title>')
    const setup = (await (await fetch(`${url}/api/setup`)).json()) as { runtimeUrl: string; endpoints: unknown[] }
    expect(output()).toContain(setup.runtimeUrl)
    const [, gateway] = await gatewayAddress
    expect((await fetch(`${gateway}/models`)).status).toBe(200)
    interrupted.abort()
    await running
    await expect(fetch(`${gateway}/models`)).rejects.toThrow('fetch failed')
    await expect(fetch(url!)).rejects.toThrow('fetch failed')
    await expect(fetch(setup.runtimeUrl)).rejects.toThrow('fetch failed')
  })

  it('shows the captures of a folder', { timeout: 30_000 }, async () => {
    const interrupted = new AbortController()
    const { terminal, written } = collectingTerminal()
    const folder = await mkdtemp(join(tmpdir(), 'captures-'))
    await writeFile(join(folder, 'notes.jsonl'), 'not a capture\n')
    const address = written(/Playground\s+(http:\S+)\n.+captures of \S+ appear in the view Calls/)
    const problem = written(/notes\.jsonl: /)
    const running = runPlayground(['--captures', folder], { terminal, pageFolder, signal: interrupted.signal })
    await Promise.all([address, problem])
    interrupted.abort()
    await running
    await rm(folder, { recursive: true })
    const missing = runPlayground(['--captures', folder], { terminal, pageFolder, signal: interrupted.signal })
    await expect(missing).rejects.toThrow(`--captures ${folder} cannot be read (ENOENT).`)
  })

  it.runIf(findSigningCurl())('prints a chat for curl that runs as it stands', { timeout: 30_000 }, async () => {
    const interrupted = new AbortController()
    const { terminal, written } = collectingTerminal()
    const curl = written(/Gateway\s+http:\S+[^]+?(curl .+)\n/)
    const running = runPlayground([], { terminal, pageFolder, signal: interrupted.signal })
    const [, command] = await curl
    const chat = JSON.parse(await shell(command!)) as { object: string; choices: { message: { content: string } }[] }
    expect(chat.object).toBe('chat.completion')
    expect(chat.choices[0]?.message.content).toMatch(/^The sea/)
    interrupted.abort()
    await running
  })

  it('takes no port but the one that was asked for', async () => {
    const { port, server } = await takePort()
    const { terminal } = collectingTerminal()
    const running = runPlayground(['--port', String(port)], {
      terminal,
      pageFolder,
      signal: new AbortController().signal,
    })
    await expect(running).rejects.toMatchObject({ code: 'EADDRINUSE' })
    server.close()
  })
})

describe('node start.ts', () => {
  const start = (...args: string[]) =>
    new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
      const command = ['--conditions=@x/source', join(import.meta.dirname, 'start.ts'), ...args]
      execFile(process.execPath, command, { env: { ...process.env, FORCE_COLOR: '0' } }, (error, stdout, stderr) => {
        resolve({ code: typeof error?.code === 'number' ? error.code : error === null ? 0 : 1, stdout, stderr })
      })
    })

  it(
    'ends well after the terminal part with --once, within 80 columns and without colours where there are none',
    { timeout: 30_000 },
    async () => {
      const { code, stdout, stderr } = await start('--once')
      expect(stderr).toBe('')
      expect(code).toBe(0)
      expect(stdout).toBe(stripVTControlCharacters(stdout))
      for (const line of stdout.split('\n')) expect(line.length).toBeLessThanOrEqual(80)
    },
  )

  it('says in one sentence what is wrong with the command line', { timeout: 30_000 }, async () => {
    expect(await start('--twice')).toEqual({ code: 2, stdout: '', stderr: "Unknown option '--twice'. See --help.\n" })
  })

  it('tells its options', { timeout: 30_000 }, async () => {
    const { code, stdout } = await start('--help')
    expect(code).toBe(0)
    expect(stdout).toContain('npm start -- --once')
  })
})
