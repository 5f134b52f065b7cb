import { mkdtemp } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { build } from 'vite'

/** Builds the page from its sources into a folder of its own, so that a test never sees an old one. */
export async function buildPage(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'playground-page-'))
  await build({
    configFile: join(import.meta.dirname, '..', '..', 'vite.config.ts'),
    logLevel: 'error',
    build: { outDir: folder },
  })
  return folder
}
