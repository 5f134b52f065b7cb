import { existsSync } from 'node:fs'
import path from 'node:path'

/** The Node.js of a folder beside this file, such as `node-22.12`; undefined where it is not installed, after a notice. */
export function hostNode(name: string): string | undefined {
  const node = path.join(import.meta.dirname, name, 'node_modules', 'node', 'bin', 'node')
  if (existsSync(node)) return node
  console.warn(`SKIPPED: what runs on ${name} only. Install it with: node tools/hosts/install.mjs`)
  return undefined
}
