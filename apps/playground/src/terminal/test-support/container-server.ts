import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { setImmediate as nextTurn, setTimeout as delay } from 'node:timers/promises'

/** What is wrong with a container. Everything else of it works. */
export type Defect =
  | 'ping-503'
  | 'empty-answer'
  | 'no-stream'
  | 'late-stream'
  | 'broken-characters'
  | 'other-text-in-stream'
  | 'no-usage'
  | 'no-stop'
  | 'no-tools'
  | 'forced-tools-only'
  | 'no-json'
  | 'no-done'
  | 'errors-500'
  | 'errors-200'
  | 'errors-html'
  | 'errors-reset'
  | 'small-bodies'
  | 'large-bodies-400'
  | 'one-at-a-time'
  | 'busy'
  | 'hangs-when-left'
  | 'hostile'
  | 'html'
  | 'swapped-vectors'

export interface ContainerServer extends AsyncDisposable {
  readonly url: string
  /** Paths that were requested. */
  readonly paths: readonly string[]
}

/** Answers a request to `/invocations`, or to another path. */
type Respond = (call: ContainerCall) => Promise<void> | void

/** One request to a container. */
export class ContainerCall {
  readonly path: string
  readonly body: Readonly<Record<string, unknown>>
  readonly #response: ServerResponse

  constructor(path: string, body: ContainerCall['body'], response: ServerResponse) {
    this.path = path
    this.body = body
    this.#response = response
  }

  json(value: unknown, status: number = 200): void {
    this.text(JSON.stringify(value), status, 'application/json')
  }

  text(text: string, status: number = 200, contentType: string = 'text/plain'): void {
    this.#response.writeHead(status, { 'content-type': contentType }).end(text)
  }

  reset(): void {
    this.#response.destroy()
  }

  /** Streams a text in chunks of a few bytes. */
  async stream(text: string, contentType: string, chunkBytes: number): Promise<void> {
    this.#response.writeHead(200, { 'content-type': contentType })
    const bytes = Buffer.from(text)
    for (let at = 0; at < bytes.length && !this.#response.destroyed; at += chunkBytes) {
      this.#response.write(bytes.subarray(at, at + chunkBytes))
      await nextTurn()
    }
    this.#response.end()
  }

  /** Resolves when the caller is gone. */
  async left(): Promise<void> {
    if (!this.#response.destroyed) await once(this.#response, 'close')
  }
}

/** Starts a container: a server with `/ping` and `/invocations` on loopback. */
export async function startContainer(respond: Respond, defect?: Defect, port: number = 0): Promise<ContainerServer> {
  const paths: string[] = []
  let running = 0
  let queue: Promise<unknown> = Promise.resolve()
  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = request.url ?? ''
    paths.push(path)
    if (path === '/ping') return void response.writeHead(defect === 'ping-503' ? 503 : 200).end()
    const bytes = await buffer(request)
    if (bytes.length > 2_000_000 && defect === 'small-bodies')
      return void response.writeHead(413).end('length limit exceeded')
    if (bytes.length > 2_000_000 && defect === 'large-bodies-400') return void response.writeHead(400).end('too long')
    if (defect === 'html')
      return void response.writeHead(200, { 'content-type': 'text/html' }).end('<html>Sign in</html>')
    if (defect === 'busy' && running > 0) return void response.writeHead(429).end('{"error":"overloaded"}')
    const run = async (): Promise<void> => {
      running++
      // Only the shortest calls, so that the test is short.
      if (defect === 'one-at-a-time' && bytes.includes('"max_tokens":4,')) await delay(250)
      if (defect === 'busy') await delay(20)
      await answerBody(new ContainerCall(path, {}, response), path, bytes, response)
      running--
    }
    queue = defect === 'one-at-a-time' ? queue.then(run) : run()
    await queue
  }
  const answerBody = async (
    call: ContainerCall,
    path: string,
    bytes: Buffer,
    response: ServerResponse,
  ): Promise<void> => {
    const body = parsed(bytes)
    if (typeof body === 'object') return respond(new ContainerCall(path, body as ContainerCall['body'], response))
    return badRequest(call, 'expected value at line 1 column 12', defect)
  }
  const server = createServer((request, response) => void answer(request, response))
  server.listen(port, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    paths,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise((resolve) => server.close(resolve))
    },
  }
}

function parsed(bytes: Buffer): unknown {
  if (bytes.length === 0) return {}
  try {
    return JSON.parse(bytes.toString('utf8'))
  } catch {
    return undefined
  }
}

/** Refuses a request. */
export function badRequest(call: ContainerCall, message: string, defect: Defect | undefined): void {
  switch (defect) {
    case 'errors-500':
      return call.json({ error: { message, code: 500 } }, 500)
    case 'errors-200':
      return call.json({ error: { message, code: 400 } })
    case 'errors-html':
      return call.text('<!doctype html><title>Bad Request</title>', 400, 'text/html')
    case 'errors-reset':
      return call.reset()
    case 'hostile':
      return call.json({ error: { message: `\u001B]0;pwned\u0007 \u202E${message}`, code: 400 } }, 400)
    default:
      return call.json({ error: { message, type: 'BadRequestError', code: 400 } }, 400)
  }
}
