import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { shareResources } from '@x/tools/shared-resources'
import { chromium } from 'playwright-core'
import { build, type InlineConfig } from 'vite'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Where `builtPage` and `sharedBrowser` ask. */
    sharedPageUrl: string
  }
}

const flags = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
]

/** Vitest's global setup: one build of the page and one browser for all test files of a run. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const ends: (() => Promise<void>)[] = []
  const shared = await shareResources({
    // From its sources, so that a test never sees an old one.
    async page() {
      const outDir = await mkdtemp(join(tmpdir(), 'playground-page-'))
      ends.push(() => rm(outDir, { recursive: true, force: true }))
      const configFile = join(import.meta.dirname, '..', '..', 'vite.config.ts')
      await buildForProduction({ configFile, logLevel: 'error', build: { outDir } })
      return outDir
    },
    async browser(query) {
      const browser = await chromium.launchServer({ executablePath: query.get('executablePath') ?? '', args: flags })
      ends.push(() => browser.close())
      return browser.wsEndpoint()
    },
  })
  project.provide('sharedPageUrl', shared.url)
  return async () => {
    await shared[Symbol.asyncDispose]()
    await Promise.all(ends.map((end) => end()))
  }
}

/** Builds what users get. Vite takes `NODE_ENV` for the mode, which Vitest sets to `test`: that is a page with Svelte's checks in it. */
async function buildForProduction(config: InlineConfig): Promise<void> {
  const { NODE_ENV } = process.env
  process.env['NODE_ENV'] = 'production'
  try {
    await build(config)
  } finally {
    process.env['NODE_ENV'] = NODE_ENV
  }
}
