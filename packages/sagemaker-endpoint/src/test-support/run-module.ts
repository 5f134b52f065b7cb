import { execFile } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** The file of the package's entry, to be imported by a module that is run. */
export const entry: string = fileURLToPath(new URL('../index.ts', import.meta.url))

/** Runs a module in its own process. It prints one JSON value. */
export async function runModule(source: string, environment: NodeJS.ProcessEnv = process.env): Promise<unknown> {
  const options = { env: environment }
  const program = ['--conditions=@x/source', '--input-type=module', '--eval', source]
  const { stdout } = await run(process.execPath, program, options)
  return JSON.parse(stdout)
}
