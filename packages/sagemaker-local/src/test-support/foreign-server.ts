import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

/** An OpenAI-compatible server of another project, in a separate process. */
export interface ForeignServer extends AsyncDisposable {
  /** Address of the process. OpenAI's routes are under `/v1`. */
  readonly origin: string
  /** Asks it directly, with its key. */
  readonly ask: (path: string, body?: object) => Promise<Response>
  /** Waits until its log says so. */
  readonly logged: (pattern: RegExp) => Promise<RegExpExecArray>
  /** Ends the process at once, whatever it is doing. */
  readonly kill: () => Promise<void>
}

/** The key that the server asks for. */
export const foreignApiKey = 'sk-foreign'

/** Ends a process whose input ends, as it does when the process that started it is gone: no test that is given up leaves one behind. */
const endWithParent = 'data:text/javascript,process.stdin.on("end", () => process.exit()).resume()'

/** Starts AIMock, which answers with `fixtures`, on a free port. */
export async function startForeignServer(fixtures: readonly object[]): Promise<ForeignServer> {
  const folder = await mkdtemp(join(tmpdir(), 'foreign-server-'))
  const file = join(folder, 'fixtures.json')
  await writeFile(file, JSON.stringify({ fixtures }))

  const command = fileURLToPath(new URL('cli.js', import.meta.resolve('@copilotkit/aimock')))
  const args = ['--port', '0', '--fixtures', file, '--validate-on-load', '--log-level', 'debug']
  const env = { ...process.env, AIMOCK_API_KEYS: foreignApiKey }
  const child = spawn(process.execPath, ['--import', endWithParent, command, ...args], { env })
  const gone = once(child, 'exit')

  let log = ''
  const waiting = new Set<() => void>()
  for (const output of [child.stdout, child.stderr]) {
    output.setEncoding('utf8').on('data', (text: string) => {
      log += text
      for (const look of waiting) look()
    })
  }
  const logged = (pattern: RegExp): Promise<RegExpExecArray> =>
    new Promise((resolve, reject) => {
      const look = (): void => {
        const match = pattern.exec(log)
        if (match !== null) resolve(match)
      }
      waiting.add(look)
      look()
      void gone.then(() => reject(new Error(`The server ended without ${pattern}:\n${log}`)))
    })

  const kill = async (): Promise<void> => {
    child.kill('SIGKILL')
    await gone
  }
  const [, origin = ''] = await logged(/listening on (http:\S+)\n/)
  // It has read its fixtures by now.
  await rm(folder, { recursive: true })

  return {
    origin,
    ask: (path, body) =>
      fetch(`${origin}${path}`, {
        headers: { authorization: `Bearer ${foreignApiKey}`, 'content-type': 'application/json' },
        ...(body === undefined ? {} : { method: 'POST', body: JSON.stringify(body) }),
      }),
    logged,
    kill,
    [Symbol.asyncDispose]: kill,
  }
}
