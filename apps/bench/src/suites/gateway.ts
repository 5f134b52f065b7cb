import type { Goal } from '../goal.ts'
import { hasPortkey, portkeyHeaders } from '../peers/portkey.ts'
import type { Role, SampledContender, SampledSuite } from '../suite.ts'
import { prompt } from '../workloads/connection.ts'
import { startClients, startServer } from '../workloads/gateway-process.ts'
import { lazily } from '../workloads/lazily.ts'
import { startRuntimeServer } from '../workloads/start-runtime-server.ts'
import type { ClientReport } from '../workloads/gateway-clients.ts'

const ours = '@x/sagemaker-gateway'
const portkey = '@portkey-ai/gateway'
const pipe = 'node:http, frames decoded'
const sdk = 'node:http and the AWS SDK client'
const direct = 'without a server in between'

/** Streams of a chat completion through a server. Server, clients and endpoint are separate processes. */
export function* gatewaySuites(): Iterable<SampledSuite> {
  if (!hasPortkey) console.warn(`SKIPPED: ${portkey}. Install it with: node tools/hosts/install.mjs portkey`)
  yield cpuSuite()
  yield firstTokenSuite()
}

/** Why a goal is missed. */
const reasons = {
  half: "Portkey's gateway passes text on; ours takes payloads out of their frames and checks every event. The bare pipe, which checks nothing, uses more than half of Portkey's CPU time itself.",
  pipe: 'The pipe passes payloads on as they are; the gateway checks each event and puts its own id and model into it.',
  first:
    'The gateway writes and signs a request for the container, and answers when the first event is known to be no failure. Signing alone takes more than the bare pipe: see the server with the AWS SDK client.',
} as const

const clients = lazily(startClients)

interface Server {
  readonly kind: 'gateway' | 'pipe' | 'sdk' | 'portkey'
  readonly endpointName: string
}

/** Calls of a server; the time that it has used for a token, in nanoseconds, and what its clients saw. */
function callsOf(
  { kind, endpointName }: Server,
  streams: number,
  times: number,
): () => Promise<[number, ClientReport]> {
  const server = lazily(async () => startServer(kind, await startRuntimeServer(), endpointName))
  return async () => {
    const { url, cpuMicroseconds } = await server()
    const run = await clients()
    const before = await cpuMicroseconds()
    const report = await run({
      url: `${url}/v1/chat/completions`,
      headers:
        kind === 'portkey' ? portkeyHeaders(`${await startRuntimeServer()}/endpoints/${endpointName}/openai/v1`) : {},
      body: bodyOf(endpointName),
      streams,
      times,
    })
    if (report.tokens === 0) throw new Error(`${kind} has sent no token`)
    return [(1000 * ((await cpuMicroseconds()) - before)) / report.tokens, report]
  }
}

function bodyOf(model: string): string {
  return JSON.stringify({ model, messages: [{ role: 'user', content: prompt }], stream: true })
}

function cpuSuite(): SampledSuite {
  const endpointName = 'chat-400-10'
  const contender = (name: string, role: Role, kind: Server['kind']): SampledContender => {
    const call = callsOf({ kind, endpointName }, 100, 1)
    return { name, role, sample: async () => (await call())[0] }
  }
  const goals: readonly Goal[] = [
    ...(hasPortkey ? [{ kind: 'ratio', of: portkey, over: ours, atLeast: 2, reason: reasons.half } as const] : []),
    { kind: 'ratio', of: ours, over: pipe, atMost: 1.3, reason: reasons.pipe },
  ]
  return {
    kind: 'sampled',
    name: '100 streams of 100 events/s',
    quantity: 'CPU per event',
    unit: 'nanoseconds',
    areAlternatives: true,
    rounds: 5,
    contenders: [
      contender(ours, 'ours', 'gateway'),
      ...(hasPortkey ? [contender(portkey, 'peer', 'portkey')] : []),
      contender(pipe, 'floor', 'pipe'),
      contender(sdk, 'floor', 'sdk'),
    ],
    goals,
  }
}

const callsPerSample = 60

function firstTokenSuite(): SampledSuite {
  const endpointName = 'chat-2-0'
  const contender = (name: string, role: Role, kind: Server['kind']): SampledContender => {
    const call = callsOf({ kind, endpointName }, 1, callsPerSample)
    return { name, role, sample: async () => (await call())[1].firstMs }
  }
  const withoutServer = async (): Promise<number> => {
    const url = `${await startRuntimeServer()}/endpoints/${endpointName}/invocations-response-stream`
    const load = { url, headers: {}, body: bodyOf(endpointName), streams: 1, times: callsPerSample }
    return (await (await clients())(load)).firstMs
  }
  return {
    kind: 'sampled',
    name: 'To the first token, one call after the other',
    quantity: 'on the clock',
    unit: 'milliseconds',
    areAlternatives: true,
    rounds: 9,
    contenders: [
      contender(ours, 'ours', 'gateway'),
      ...(hasPortkey ? [contender(portkey, 'peer', 'portkey')] : []),
      contender(pipe, 'floor', 'pipe'),
      contender(sdk, 'floor', 'sdk'),
      { name: direct, role: 'floor', sample: withoutServer },
    ],
    goals: [{ kind: 'ratio', of: ours, over: pipe, atMost: 1.5, reason: reasons.first }],
  }
}
