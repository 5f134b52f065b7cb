import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import type { ClientLoad, ClientReport } from './gateway-clients.ts'

/** A server that is measured. */
export interface ServerProcess {
  readonly url: string
  /** CPU time that the server has used until now, in microseconds. */
  readonly cpuMicroseconds: () => Promise<number>
}

/** Starts a server of `gateway-server.ts` as a separate process, which ends with this one. */
export async function startServer(kind: string, runtime: string, endpointName: string): Promise<ServerProcess> {
  const { child, first } = await start('gateway-server.ts', [kind, runtime, endpointName])
  return { url: first as string, cpuMicroseconds: () => ask<number>(child, 'cpu') }
}

/** Starts clients as a separate process, which ends with this one. */
export async function startClients(): Promise<(load: ClientLoad) => Promise<ClientReport>> {
  const { child } = await start('gateway-clients.ts', [])
  return (load) => ask<ClientReport>(child, load)
}

async function start(file: string, args: readonly string[]): Promise<{ child: ChildProcess; first: unknown }> {
  const child = fork(new URL(file, import.meta.url), args, { execArgv: process.execArgv })
  const [first] = (await once(child, 'message')) as [unknown]
  child.unref()
  child.channel?.unref()
  return { child, first }
}

/** Answers come in the order of the questions, of which there is one at a time. */
async function ask<T>(child: ChildProcess, question: string | object): Promise<T> {
  child.channel?.ref()
  child.send(question)
  const [answer] = (await once(child, 'message')) as [T]
  child.channel?.unref()
  return answer
}
