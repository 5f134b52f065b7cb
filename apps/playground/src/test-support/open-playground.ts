import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startLocalRuntime, type LocalRuntime, type LocalRuntimeOptions } from '@x/sagemaker-local'
import type { Browser, BrowserContextOptions, Page } from 'playwright-core'
import type { Setup } from '../protocol/setup.ts'
import { startServer, type PlaygroundServer, type ServerOptions } from '../server/start-server.ts'
import { builtPage, sharedBrowser } from './built-page.ts'

/** The playground with a local runtime behind it and a real browser in front of it. */
export interface OpenedPlayground extends AsyncDisposable {
  readonly runtime: LocalRuntime
  readonly server: PlaygroundServer
  readonly browser: Browser
  /** What the console of any page said, and errors that no one caught. A healthy page says nothing. */
  readonly complaints: readonly string[]
  /** Opens the page in its own profile. */
  open(options?: BrowserContextOptions, hash?: string): Promise<Page>
  /** A folder that is removed at the end. */
  temporaryFolder(): Promise<string>
}

export async function openPlayground(
  executablePath: string,
  endpoints: LocalRuntimeOptions['endpoints'],
  setup: Partial<Setup> = {},
  captures?: ServerOptions['captures'],
): Promise<OpenedPlayground> {
  const [pageFolder, browser] = await Promise.all([builtPage(), sharedBrowser(executablePath)])
  const runtime = await startLocalRuntime({ endpoints })
  const server = await startServer({
    pageFolder,
    port: 0,
    captures,
    setup: {
      runtimeUrl: runtime.url,
      region: 'us-east-1',
      profile: undefined,
      endpoints: Object.keys(endpoints).map((name) => ({ source: 'local', name, kind: 'text', summary: '' })),
      faults: [],
      ...setup,
    },
  })
  const complaints: string[] = []
  const folders: string[] = []
  return {
    runtime,
    server,
    browser,
    complaints,
    async open(options = {}, hash = '') {
      const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...options })
      const page = await context.newPage()
      page.setDefaultTimeout(15_000)
      page.on('console', (message) => complaints.push(`${message.type()}: ${message.text()}`))
      page.on('pageerror', (error) => complaints.push(`error: ${error.message}`))
      await page.goto(`${server.url}/${hash}`)
      return page
    },
    async temporaryFolder() {
      const folder = await mkdtemp(join(tmpdir(), 'playground-test-'))
      folders.push(folder)
      return folder
    },
    async [Symbol.asyncDispose]() {
      await browser.close()
      await server.close()
      await runtime.close()
      await Promise.all(folders.map((folder) => rm(folder, { recursive: true, force: true })))
    },
  }
}
