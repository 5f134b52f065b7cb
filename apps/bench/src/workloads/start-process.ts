import { fork } from 'node:child_process'
import { once } from 'node:events'

/** Starts a module of this folder as a separate process, which ends with this one, and returns its first message. */
export async function startProcess<T>(file: string): Promise<T> {
  const child = fork(new URL(file, import.meta.url), { execArgv: process.execArgv })
  const [message] = (await once(child, 'message')) as [T]
  child.unref()
  child.channel?.unref()
  return message
}
