import { execFile } from 'node:child_process'
import { promisify } from 'node:util'

const execute = promisify(execFile)

/**
 * Runs a command and gives what it printed to stdout.
 *
 * @throws an error with everything it printed, if it fails or takes longer than four minutes.
 */
export async function runCommand(
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly env?: NodeJS.ProcessEnv | undefined },
): Promise<string> {
  try {
    const { stdout } = await execute(command, args, { ...options, timeout: 240_000, maxBuffer: 32 * 1024 * 1024 })
    return stdout
  } catch (error) {
    const { stdout = '', stderr = '', message } = error as { stdout?: string; stderr?: string; message: string }
    throw new Error(`${message}\n${stdout}${stderr}`, { cause: error })
  }
}
