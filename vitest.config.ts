import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { defaultServerConditions } from 'vite'
import { defineConfig } from 'vitest/config'

const folders = (parent: string): string[] =>
  readdirSync(new URL(parent, import.meta.url), { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => `${parent}/${entry.name}`)

// Workspace packages resolve to their sources, so that tests need no build. Without `module`: that condition leads to builds
// for bundlers, which Node.js cannot load (the AWS SDK's have imports without file extension).
const conditions = ['@x/source', ...defaultServerConditions.filter((condition) => condition !== 'module')]

export default defineConfig({
  resolve: { conditions },
  ssr: { resolve: { conditions } },
  test: {
    // The machines of CI are slow and shared.
    testTimeout: 30_000,
    setupFiles: [fileURLToPath(new URL('./tools/property-seed.ts', import.meta.url))],
    projects: [...folders('./packages'), ...folders('./apps'), './tools'].map((root) => ({
      extends: true as const,
      test: {
        name: root.split('/').at(-1) ?? root,
        root,
        include: ['**/*.test.ts'],
        exclude: ['**/node_modules/**', '**/dist/**', '**/.readme-snippets/**'],
      },
    })),
  },
})
