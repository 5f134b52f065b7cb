// node --expose-gc --conditions=@x/source scripts/load.ts [streams] [seconds]
// Holds many streams open at once, each read to its end and then followed by the next, and watches the memory of the runtime.
import { fork } from 'node:child_process'
import { Agent, request } from 'node:http'
import { setTimeout as sleep } from 'node:timers/promises'
import { demoLanguageModel, startLocalRuntime } from '../src/index.ts'

const [streams = 500, seconds = 30] = process.argv.slice(2).map(Number)
const body = JSON.stringify({ inputs: 'The sea', parameters: { max_new_tokens: 60, temperature: 1 }, stream: true })

/** One stream, read to its end; its length in bytes. */
function readStream(url: string, agent: Agent): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }
    const call = request(
      `${url}/endpoints/llm/invocations-response-stream`,
      { method: 'POST', agent, headers },
      (response) => {
        let length = 0
        response.on('data', (chunk: Buffer) => (length += chunk.length))
        response.on('end', () => resolve(length))
        response.on('error', reject)
      },
    )
    call.on('error', reject)
    call.end(body)
  })
}

async function runClient(url: string): Promise<void> {
  const agent = new Agent({ keepAlive: true, maxSockets: streams })
  const end = performance.now() + seconds * 1000
  let finished = 0
  let bytes = 0
  const worker = async (): Promise<void> => {
    while (performance.now() < end) {
      const length = await readStream(url, agent)
      bytes += length
      finished++
    }
  }
  await Promise.all(Array.from({ length: streams }, worker))
  agent.destroy()
  process.send?.({ finished, bytes })
}

async function runServer(): Promise<void> {
  await using runtime = await startLocalRuntime({ endpoints: { llm: demoLanguageModel({ tokensPerSecond: 20 }) } })
  const client = fork(import.meta.filename, process.argv.slice(2), { env: { ...process.env, LOAD_URL: runtime.url } })
  const result = new Promise<{ finished: number; bytes: number }>((resolve) => client.once('message', resolve))
  const done = result.then(() => true)
  console.log(`${streams} streams at once for ${seconds} s, 60 tokens each at 20 tokens/s`)
  while (!(await Promise.race([done, sleep(5000, false)]))) {
    globalThis.gc?.()
    const { heapUsed, rss } = process.memoryUsage()
    const megabytes = (size: number): string => `${Math.round(size / 2 ** 20)} MB`
    const active = runtime.activeRequests
    console.log(
      `  ${active} active, heap ${megabytes(heapUsed)}, resident ${megabytes(rss)}, cpu ${Math.round(process.cpuUsage().user / 1e6)} s`,
    )
  }
  const { finished, bytes } = await result
  await runtime.waitForOpenSockets(0)
  console.log(`${finished} streams finished, ${Math.round(bytes / 2 ** 20)} MB, 0 sockets left`)
}

const url = process.env['LOAD_URL']
await (url === undefined ? runServer() : runClient(url))
