import { rmSync } from 'node:fs'
import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'

let built: Promise<string> | undefined

/**
 * Builds the page from its sources into a folder of its own, so that a test never sees an old one. Test files that share a process
 * share the page.
 */
export const buildPage = (): Promise<string> => (built ??= buildOnce())

async function buildOnce(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'playground-page-'))
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }))
  await build({
    configFile: join(import.meta.dirname, '..', '..', 'vite.config.ts'),
    logLevel: 'error',
    build: { outDir: folder },
  })
  return folder
}
