import { builtinModules } from 'node:module'
import { defaultServerConditions, defineConfig } from 'vite'
import packageManifest from './package.json' with { type: 'json' }

const dependencies = Object.keys(packageManifest.dependencies)
const isDependency = (id: string): boolean => dependencies.some((name) => id === name || id.startsWith(`${name}/`))

/** The program: its own sources and the private packages of the workspace in one folder; dependencies stay imports. */
export default defineConfig({
  root: import.meta.dirname,
  ssr: { noExternal: ['@x/loopback-guard'], resolve: { conditions: ['@x/source', ...defaultServerConditions] } },
  build: {
    ssr: true,
    target: 'node22',
    outDir: 'dist',
    // The page is in there already.
    emptyOutDir: false,
    copyPublicDir: false,
    minify: false,
    rolldownOptions: {
      input: { playground: 'src/playground.ts' },
      external: (id) => isDependency(id) || id.startsWith('node:') || builtinModules.includes(id),
      output: { entryFileNames: '[name].js', chunkFileNames: 'chunks/[name].js' },
    },
  },
})
