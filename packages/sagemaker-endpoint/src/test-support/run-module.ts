import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** The file of the package's entry, to be imported by a module that is run. */
export const entry: string = fileURLToPath(new URL('../index.ts', import.meta.url))

/** Runs a module in a process of its own; it prints one JSON value. */
export async function runModule(source: string): Promise<unknown> {
  const { stdout } = await run(process.execPath, ['--conditions=@x/source', '--input-type=module', '--eval', source])
  return JSON.parse(stdout)
}
