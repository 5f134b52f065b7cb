// npm run soak -- --seconds=600: calls of every kind, half of them with one of the local runtime's faults, a fifth left early, and checks
// that nothing stays: heap, sockets and timers are level, and no promise is rejected without a handler.
import { SagemakerError } from '@x/sagemaker-endpoint'
import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { parseArgs } from 'node:util'
import { faults } from './faults.ts'
import { held, type Held } from './held.ts'
import { createWorkloads, type Workloads } from './workloads.ts'

const { values } = parseArgs({ options: { seconds: { type: 'string', default: '600' } } })
const seconds = Number(values.seconds)
if (!(seconds > 0)) throw new Error(`--seconds is ${values.seconds}; it must be a number over 0.`)

const callsPerRound = 400
const concurrency = 24
const shareOfFaults = 0.5
const shareLeft = 0.2
/** What a process may hold more at the end than after its warm-up: compiled code and caches that are still growing. */
const mostGrowthBytes = 3 * 2 ** 20

const outcomes = new Map<string, number>()
const count = (outcome: string): void => void outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
const problems: string[] = []
process.on('unhandledRejection', (reason) => problems.push(`unhandled rejection: ${String(reason)}`))
process.on('uncaughtException', (error) => problems.push(`uncaught exception: ${error.stack}`))
process.on('warning', ({ name, message }) => {
  if (name !== 'ExperimentalWarning') problems.push(`warning: ${name}: ${message}`)
})

const pick = (below: number): number => Math.floor(Math.random() * below)

/** Makes one call and counts how it ends. Only a `SagemakerError` may end it. */
async function call(name: string, make: Workloads['calls'][string]): Promise<void> {
  const isLeft = Math.random() < shareLeft
  const controller = new AbortController()
  const timer = isLeft ? setTimeout(() => controller.abort(), pick(30)) : undefined
  const fault = Math.random() < shareOfFaults ? pick(faults.length) : undefined
  try {
    await make({ fault, isLeft, signal: controller.signal })
    count('answered')
  } catch (error) {
    count(SagemakerError.is(error) ? error.code : 'foreign error')
    if (!SagemakerError.is(error)) problems.push(`${name} failed with ${String(error)} (${faults[fault ?? -1]})`)
  } finally {
    clearTimeout(timer)
  }
}

async function round({ calls }: Workloads): Promise<void> {
  const kinds = Object.entries(calls)
  let left = callsPerRound
  const worker = async (): Promise<void> => {
    while (left-- > 0) await call(...(kinds[pick(kinds.length)] as (typeof kinds)[number]))
  }
  await Promise.all(Array.from({ length: concurrency }, worker))
}

async function heldByServer(server: ChildProcess): Promise<Held> {
  const answer = once(server, 'message')
  server.send('held')
  const [state] = (await answer) as [Held]
  return state
}

const median = (numbers: readonly number[]): number => numbers.toSorted((a, b) => a - b)[numbers.length >> 1] ?? 0

/** Compares the last quarter of the rounds with the second: the first is the warm-up. */
function checkLevel(side: string, states: readonly Held[]): void {
  const quarter = (index: number): readonly Held[] =>
    states.slice((states.length * index) >> 2, (states.length * (index + 1)) >> 2)
  const growth = (member: keyof Held): number => {
    const of = (part: readonly Held[]): number => median(part.map((state) => state[member]))
    return of(quarter(3)) - of(quarter(1))
  }
  const bytes = growth('bytes')
  const [first, last] = [quarter(1), quarter(3)].map((part) => median(part.map((state) => state.bytes)))
  const megabytes = (value = 0): string => (value / 2 ** 20).toFixed(1)
  console.log(
    `${side}: heap ${megabytes(first)} MB, later ${megabytes(last)} MB; sockets ${growth('sockets')}, timers ${growth('timers')} more`,
  )
  if (bytes > mostGrowthBytes) problems.push(`the heap of the ${side} grew by ${megabytes(bytes)} MB`)
  if (growth('sockets') > concurrency) problems.push(`the ${side} has ${growth('sockets')} more sockets`)
  if (growth('timers') > 2) problems.push(`the ${side} has ${growth('timers')} more timers`)
}

const server = fork(path.join(import.meta.dirname, 'server.ts'), { execArgv: process.execArgv })
const [url] = (await once(server, 'message')) as [string]
const before = await held()
const workloads = createWorkloads(url)
const ofClient: Held[] = []
const ofServer: Held[] = []
const end = performance.now() + seconds * 1000
while (performance.now() < end || ofClient.length < 8) {
  await round(workloads)
  ofClient.push(await held())
  ofServer.push(await heldByServer(server))
}
checkLevel('client', ofClient)
checkLevel('server', ofServer)

await workloads[Symbol.asyncDispose]()
// Sockets close a moment later.
let rest = await held()
for (let attempt = 0; attempt < 100 && rest.sockets + rest.timers > before.sockets + before.timers; attempt++) {
  await new Promise((resolve) => setImmediate(resolve))
  await new Promise((resolve) => setTimeout(resolve, 50).unref())
  rest = await held()
}
const ofServerAtEnd = await heldByServer(server)
if (rest.sockets > before.sockets) problems.push(`${rest.sockets} sockets are left after everything was closed`)
if (rest.timers > before.timers) problems.push(`${rest.timers} timers are left after everything was closed`)
if (ofServerAtEnd.sockets > 0) problems.push(`the server has ${ofServerAtEnd.sockets} sockets left`)
server.send('close')
await once(server, 'exit')

const total = ofClient.length * callsPerRound
console.log(`${total} calls in ${ofClient.length} rounds, ${Math.round(total / seconds)} per second:`)
for (const [outcome, number] of [...outcomes].toSorted(([, a], [, b]) => b - a)) console.log(`  ${number} ${outcome}`)
for (const problem of new Set(problems)) console.error(`PROBLEM: ${problem}`)
console.log(problems.length === 0 ? 'Nothing is left behind.' : `${problems.length} problems.`)
process.exitCode = problems.length === 0 ? 0 : 1
