import { fork } from 'node:child_process'
import { once } from 'node:events'

let started: Promise<string> | undefined

/** The address of the server of this process, started at the first call. It ends with this process. */
export function startRuntimeServer(): Promise<string> {
  started ??= start()
  return started
}

async function start(): Promise<string> {
  const child = fork(new URL('runtime-server.ts', import.meta.url), { execArgv: process.execArgv })
  const [port] = (await once(child, 'message')) as [number]
  child.unref()
  child.channel?.unref()
  return `http://127.0.0.1:${port}`
}
