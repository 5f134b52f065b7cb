import type { IncomingHttpHeaders } from 'node:http'
import { requestProblem, type GuardRules } from '@x/loopback-guard'
import { bucketAndKey, type ObjectStore } from './object-store.ts'

/** S3, SQS and SNS in this process, on one separate port. */
export interface AwsServices {
  /** Address of all three. */
  readonly endpoint: string
  /** Objects in its S3. */
  readonly objects: ObjectStore
  /** Creates a bucket if there is none of this name. */
  createBucket(name: string): Promise<void>
  /** Creates a topic if there is none of this name. Resolves to its ARN. */
  createTopic(name: string): Promise<string>
  /** Publishes a message to a topic. */
  publish(topicArn: string, message: string): Promise<void>
  /** Closes the server and every connection to it. */
  close(): Promise<void>
}

/** The part of fauxqs in use, declared here because fauxqs may not be installed. */
interface Fauxqs {
  buildApp(options: { readonly logger: boolean; readonly defaultRegion: string }): FastifyServer
}

interface FastifyServer {
  addHook(
    name: 'onRequest' | 'preHandler',
    hook: (request: FastifyRequest, reply: FastifyReply) => Promise<void>,
  ): unknown
  listen(options: { readonly host: string; readonly port: number }): Promise<string>
  close(): Promise<void>
}

interface FastifyRequest {
  readonly method: string
  readonly url: string
  readonly headers: IncomingHttpHeaders
  body: unknown
}

interface FastifyReply {
  code(status: number): FastifyReply
  send(content: object): PromiseLike<unknown>
}

/**
 * Starts S3, SQS and SNS in this process (the package `fauxqs`), with the same rules for callers as the runtime.
 *
 * @param host - Address to listen on.
 * @throws {Error} if `fauxqs` is not installed.
 */
export async function startAwsServices(host: string, region: string, guard: GuardRules): Promise<AwsServices> {
  const fauxqs: unknown = await import('fauxqs').catch((error: unknown) => {
    throw new Error("objects: 's3' needs the package fauxqs, which is not installed: npm i -D fauxqs", { cause: error })
  })
  const app = (fauxqs as Fauxqs).buildApp({ logger: false, defaultRegion: region })
  app.addHook('onRequest', async ({ method, url, headers }, reply) => {
    const problem = requestProblem(
      {
        method,
        path: url.split('?')[0] ?? '/',
        host: headers.host,
        origin: headers.origin,
        fetchSite: headers['sec-fetch-site']?.toString(),
        fetchMode: headers['sec-fetch-mode']?.toString(),
        fetchDest: headers['sec-fetch-dest']?.toString(),
      },
      guard,
    )
    if (problem !== undefined) await reply.code(403).send({ message: problem })
  })
  // Without a body, fauxqs answers PutObject with status 500.
  app.addHook('preHandler', async (request) => {
    if (request.method === 'PUT') request.body ??= Buffer.alloc(0)
  })
  // Not startFauxqs, which listens on every address of the machine.
  const endpoint = await app.listen({ host, port: 0 })

  const callSns = async (parameters: Readonly<Record<string, string>>): Promise<string> => {
    const response = await fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ Version: '2010-03-31', ...parameters }),
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`SNS refused ${parameters['Action']} with status ${response.status}: ${text}`)
    return text
  }
  return {
    endpoint,
    objects: createS3Objects(endpoint),
    createBucket: (name) => createBucket(endpoint, name),
    async createTopic(name) {
      const answer = await callSns({ Action: 'CreateTopic', Name: name })
      return /<TopicArn>([^<]+)</.exec(answer)?.[1] ?? ''
    },
    async publish(topicArn, message) {
      await callSns({ Action: 'Publish', TopicArn: topicArn, Message: message })
    },
    close: () => app.close(),
  }
}

/** Accesses objects in an S3 that checks no signatures. The first object of a bucket creates it. */
function createS3Objects(endpoint: string): ObjectStore {
  const urlOf = (location: string): string => {
    const { bucket, key } = bucketAndKey(location)
    return `${endpoint}/${bucket}/${key.split('/').map(encodeURIComponent).join('/')}`
  }
  const refused = async (response: Response, what: string): Promise<Error> =>
    new Error(`S3 refused ${what} with status ${response.status}: ${await response.text()}`)

  return {
    async put(location, data) {
      const send = (): Promise<Response> => fetch(urlOf(location), { method: 'PUT', body: data as BodyInit })
      let response = await send()
      if (response.status === 404) {
        await response.body?.cancel()
        await createBucket(endpoint, bucketAndKey(location).bucket)
        response = await send()
      }
      if (!response.ok) throw await refused(response, `to store ${location}`)
      await response.body?.cancel()
    },
    async get(location) {
      const response = await fetch(urlOf(location))
      if (response.status === 404) {
        await response.body?.cancel()
        return undefined
      }
      if (!response.ok) throw await refused(response, `to read ${location}`)
      return new Uint8Array(await response.arrayBuffer())
    },
    async list(prefix) {
      const { bucket, key } = bucketAndKey(prefix)
      const locations: string[] = []
      let token: string | undefined
      do {
        const query = new URLSearchParams({
          'list-type': '2',
          prefix: key,
          ...(token && { 'continuation-token': token }),
        })
        const response = await fetch(`${endpoint}/${bucket}?${query}`)
        if (response.status === 404) {
          await response.body?.cancel()
          return []
        }
        if (!response.ok) throw await refused(response, `to list ${prefix}`)
        const xml = await response.text()
        for (const [, name = ''] of xml.matchAll(/<Key>([^<]*)<\/Key>/g))
          locations.push(`s3://${bucket}/${unescapeXml(name)}`)
        token = /<NextContinuationToken>([^<]*)</.exec(xml)?.[1]
        if (token !== undefined) token = unescapeXml(token)
      } while (token !== undefined)
      return locations
    },
  }
}

async function createBucket(endpoint: string, name: string): Promise<void> {
  const response = await fetch(`${endpoint}/${name}`, { method: 'PUT' })
  await response.body?.cancel()
}

const entities: Readonly<Record<string, string>> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" }

function unescapeXml(text: string): string {
  return text.replace(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (all, hex?: string, decimal?: string, name?: string) => {
    if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16))
    return decimal === undefined ? (entities[name ?? ''] ?? all) : String.fromCodePoint(Number(decimal))
  })
}
