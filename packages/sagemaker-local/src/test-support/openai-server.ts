import { once } from 'node:events'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { demoEmbeddingModel, demoLanguageModel, type LocalEndpoint } from '../index.ts'
import { createProgress, createReceivedRequest } from '../answers/received-request.ts'

/** A model server as people run it on their own machine: OpenAI's routes under `/v1`, nothing of SageMaker. */
export interface OpenAIServer extends AsyncDisposable {
  readonly url: string
  /** Requests so far, and how many of them the client left before their end. */
  readonly requests: readonly {
    readonly path: string
    readonly authorization: string | undefined
    readonly body: unknown
  }[]
  readonly left: number
}

export async function startOpenAIServer(options: { readonly language?: LocalEndpoint } = {}): Promise<OpenAIServer> {
  const language = options.language ?? demoLanguageModel({ format: 'openai', modelName: 'small' })
  const embedding = demoEmbeddingModel({ format: 'openai', modelName: 'small', dimensions: 8 })
  const requests: OpenAIServer['requests'][number][] = []
  let left = 0

  const handle = async (incoming: IncomingMessage, response: ServerResponse): Promise<void> => {
    const path = incoming.url ?? ''
    if (path === '/v1/models') {
      response.end('{"data":[{"id":"small"}]}')
      return
    }
    const chunks: Buffer[] = []
    for await (const chunk of incoming) chunks.push(chunk as Buffer)
    const body = Buffer.concat(chunks)
    const caller = new AbortController()
    response.on('close', () => {
      if (response.writableFinished) return
      left++
      caller.abort()
    })
    requests.push({ path, authorization: incoming.headers.authorization, body: JSON.parse(body.toString()) })
    const request = createReceivedRequest({
      method: 'POST',
      path,
      headers: incoming.headers,
      body,
      route: undefined,
      index: requests.length - 1,
      signal: caller.signal,
      progress: createProgress(),
    })
    const answer = await (path === '/v1/embeddings' ? embedding : language).answer(request)
    if (answer.kind !== 'container') return void response.destroy()
    response.writeHead(answer.status ?? 200, { 'content-type': answer.contentType ?? 'application/json' })
    for await (const step of answer.steps) {
      if (caller.signal.aborted) return
      if (typeof step === 'string' || step instanceof Uint8Array) response.write(step)
      else if (step.kind === 'part') response.write(step.bytes)
      else if (step.kind === 'pause') await new Promise((resolve) => setTimeout(resolve, step.durationMs))
      else if (step.kind === 'ending') return void response.destroy()
    }
    response.end()
  }

  const server = createServer((incoming, response) => void handle(incoming, response))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    requests,
    get left() {
      return left
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}
