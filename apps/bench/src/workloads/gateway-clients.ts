import { Agent, request } from 'node:http'
import { spreadOf } from '../measuring/spread.ts'

/** What the clients of a server do. */
export interface ClientLoad {
  readonly url: string
  readonly headers: Readonly<Record<string, string>>
  readonly body: string
  /** Streams that are open at once. */
  readonly streams: number
  /** How often: one round after the other. */
  readonly times: number
}

/** What they have seen. */
export interface ClientReport {
  /** Tokens of all streams. */
  readonly tokens: number
  /** Median of the time to the first token of a stream, in milliseconds. */
  readonly firstMs: number
}

/** Clients of a server, as a separate process: to each message with a load they send a report. */
const agent = new Agent({ keepAlive: true })
const token = Buffer.from('"content":" token"')

process.on('message', (load: ClientLoad) => void run(load).then((report) => process.send?.(report)))
process.once('disconnect', () => process.exit())
process.send?.('ready')

async function run(load: ClientLoad): Promise<ClientReport> {
  const firsts: number[] = []
  let tokens = 0
  for (let time = 0; time < load.times; time++) {
    // oxlint-disable-next-line no-await-in-loop -- one round after the other
    for (const count of await Promise.all(Array.from({ length: load.streams }, () => read(load, firsts))))
      tokens += count
  }
  return { tokens, firstMs: spreadOf(firsts).median }
}

/** Reads a stream to its end. */
function read({ url, headers, body }: ClientLoad, firsts: number[]): Promise<number> {
  return new Promise((resolve, reject) => {
    const since = performance.now()
    let tokens = 0
    let rest: Buffer = Buffer.alloc(0)
    const options = { method: 'POST', agent, headers: { 'content-type': 'application/json', ...headers } }
    request(url, options, (response) => {
      response.on('data', (chunk: Buffer) => {
        const bytes = rest.length === 0 ? chunk : Buffer.concat([rest, chunk])
        let end = 0
        for (let at = bytes.indexOf(token); at !== -1; at = bytes.indexOf(token, end)) {
          end = at + token.length
          if (tokens++ === 0) firsts.push(performance.now() - since)
        }
        rest = bytes.subarray(Math.max(end, bytes.length - token.length + 1))
      })
      response.once('end', () => {
        if (response.statusCode === 200) resolve(tokens)
        else reject(new Error(`HTTP ${response.statusCode}: ${rest.toString()}`))
      })
    })
      .once('error', reject)
      .end(body)
  })
}
