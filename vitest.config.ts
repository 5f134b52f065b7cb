import { readdirSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { defaultServerConditions } from 'vite'
import { defineConfig } from 'vitest/config'
import { LongestFirst } from './tools/test-setup/longest-first.ts'

const folders = (parent: string): string[] =>
  readdirSync(new URL(parent, import.meta.url), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `${parent}/${entry.name}`)

// Workspace packages resolve to their sources, so that tests need no build. Without `module`: that condition leads to builds
// for bundlers, which Node.js cannot load (the AWS SDK's have imports without file extension).
const conditions = ['@x/source', ...defaultServerConditions.filter((condition) => condition !== 'module')]

const fileHere = (file: string): string => fileURLToPath(new URL(file, import.meta.url))

/** What a project makes once for all of its test files. */
const globalSetups: Readonly<Record<string, readonly string[]>> = {
  './tools': [fileHere('./tools/test-setup/shared-packages.ts')],
}

/** One browser draws the pages of all of these. */
const browserTests = '**/browser-tests/**/*.test.ts'

const notTests = ['**/node_modules/**', '**/dist/**', '**/.readme-snippets/**']

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    // The machines of CI are slow and shared.
    testTimeout: 30_000,
    // Vitest leaves one processor free, which is half of a small machine. Tests wait for sockets and child processes a third of the
    // time: on two processors, two workers leave a third of them unused.
    maxWorkers: Math.max(3, availableParallelism() - 1),
    sequence: { sequencer: LongestFirst },
    setupFiles: [fileHere('./tools/property-seed.ts')],
    projects: [
      ...[...folders('./packages'), ...folders('./apps'), './tools'].map((root) => ({
        extends: true as const,
        test: {
          name: root.split('/').at(-1) ?? root,
          root,
          include: ['**/*.test.ts'],
          exclude: [...notTests, browserTests, '**/*.isolated.test.ts'],
          globalSetup: [...(globalSetups[root] ?? [])],
          // The files of a project share a process and what they have imported: to load Vitest, the AWS SDK and the sources again for
          // each takes as long as the tests.
          isolate: false,
        },
      })),
      // File by file, when the others are done: a page that draws in software takes a processor, and the browser another.
      {
        extends: true as const,
        test: {
          name: 'browser',
          root: './apps/playground',
          include: [browserTests],
          exclude: notTests,
          globalSetup: [fileHere('./apps/playground/src/test-support/shared-page.ts')],
          isolate: false,
          // As Playwright recommends for CI: a busy machine draws late.
          retry: 1,
          maxWorkers: 1,
          sequence: { groupOrder: 1 },
        },
      },
      // Tests that replace a module, or that see what this process has seen before.
      {
        extends: true as const,
        test: {
          name: 'isolated',
          include: ['{packages,apps}/*/**/*.isolated.test.ts', 'tools/**/*.isolated.test.ts'],
          exclude: notTests,
        },
      },
    ],
  },
})
