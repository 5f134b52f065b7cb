import { existsSync } from 'node:fs'
import path from 'node:path'

/** The programs of the folders beside this file. */
const programs = {
  'node-22.12': 'node/bin/node',
  'node-26': 'node/bin/node',
  bun: 'bun/bin/bun.exe',
  deno: 'deno/deno',
} as const

/** The program of a folder beside this file, such as `node-22.12`; undefined where it is not installed, after a notice. */
export function hostProgram(name: keyof typeof programs): string | undefined {
  const program = path.join(import.meta.dirname, name, 'node_modules', programs[name])
  if (existsSync(program)) return program
  console.warn(`SKIPPED: what runs on ${name} only. Install it with: node tools/hosts/install.mjs`)
  return undefined
}
