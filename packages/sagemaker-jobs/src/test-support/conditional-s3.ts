import { createHash } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { buffer } from 'node:stream/consumers'
import { crc32 } from 'node:zlib'

/** An S3 of one bucket in memory that honours conditional writes and verifies checksums. */
export interface ConditionalS3 extends AsyncDisposable {
  readonly connection: { readonly endpoint: string }
  /** Objects by key. */
  readonly objects: Map<string, Buffer>
  /** `PUT`, `GET` and so on, with the key or the query. */
  readonly requests: string[]
  /** Fails every so many requests: half of them before, half of them after they were carried out. 0: none. */
  failEvery: number
}

interface Answer {
  readonly status: number
  readonly headers?: Record<string, string>
  readonly body?: Buffer | string
}

const error = (status: number, code: string): Answer => ({
  status,
  headers: { 'content-type': 'application/xml' },
  body: `<?xml version="1.0"?><Error><Code>${code}</Code><Message>${code}</Message></Error>`,
})

const etagOf = (data: Buffer): string => `"${createHash('md5').update(data).digest('hex')}"`

/** Starts it on loopback. */
export async function startConditionalS3(): Promise<ConditionalS3> {
  const objects = new Map<string, Buffer>()
  const requests: string[] = []
  const state = { failEvery: 0 }

  const put = (key: string, request: IncomingMessage, data: Buffer): Answer => {
    const present = objects.get(key)
    const { 'if-match': ifMatch, 'if-none-match': ifNoneMatch } = request.headers
    if (ifNoneMatch === '*' && present !== undefined) return error(412, 'PreconditionFailed')
    if (ifMatch !== undefined && present === undefined) return error(404, 'NoSuchKey')
    if (ifMatch !== undefined && ifMatch !== etagOf(present ?? data)) return error(412, 'PreconditionFailed')
    const sum = Buffer.alloc(4)
    sum.writeUInt32BE(crc32(data))
    const sent = request.headers['x-amz-checksum-crc32']
    if (sent !== undefined && sent !== sum.toString('base64')) return error(400, 'BadDigest')
    objects.set(key, data)
    return { status: 200, headers: { etag: etagOf(data) } }
  }

  const list = (query: URLSearchParams): Answer => {
    const prefix = query.get('prefix') ?? ''
    const after = query.get('continuation-token') ?? query.get('start-after') ?? ''
    const keys = [...objects.keys()].filter((key) => key.startsWith(prefix) && key > after).sort()
    const page = keys.slice(0, 1000)
    const more = keys.length > page.length
    const token = more ? `<NextContinuationToken>${page.at(-1)}</NextContinuationToken>` : ''
    const contents = page.map((key) => `<Contents><Key>${key}</Key></Contents>`).join('')
    const body = `<?xml version="1.0"?><ListBucketResult><IsTruncated>${more}</IsTruncated>${token}${contents}</ListBucketResult>`
    return { status: 200, headers: { 'content-type': 'application/xml' }, body }
  }

  const answer = (request: IncomingMessage, data: Buffer): Answer => {
    const url = new URL(request.url ?? '/', 'http://s3')
    const key = decodeURIComponent(url.pathname.split('/').slice(2).join('/'))
    requests.push(`${request.method} ${key || url.searchParams.get('prefix')}`)
    if (key === '') return list(url.searchParams)
    if (request.method === 'PUT') return put(key, request, data)
    if (request.method === 'DELETE') {
      objects.delete(key)
      return { status: 204 }
    }
    const found = objects.get(key)
    if (found === undefined) return error(404, 'NoSuchKey')
    return { status: 200, headers: { etag: etagOf(found), 'content-length': String(found.length) }, body: found }
  }

  const serve = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const data = await buffer(request)
    const unlucky = state.failEvery > 0 && (requests.length + 1) % state.failEvery === 0
    const isBefore = requests.length % (2 * state.failEvery) < state.failEvery
    if (unlucky && isBefore) requests.push('failed')
    const carriedOut = unlucky && isBefore ? undefined : answer(request, data)
    const { status, headers, body } = unlucky || carriedOut === undefined ? error(503, 'SlowDown') : carriedOut
    response.writeHead(status, headers).end(request.method === 'HEAD' ? undefined : body)
  }

  const server = createServer((request, response) => void serve(request, response))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    connection: { endpoint: `http://127.0.0.1:${port}` },
    objects,
    requests,
    get failEvery() {
      return state.failEvery
    },
    set failEvery(value) {
      state.failEvery = value
    },
    [Symbol.asyncDispose]: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        server.closeAllConnections()
      }),
  }
}
