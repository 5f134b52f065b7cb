import type { ReceivedRequest } from '../answers/received-request.ts'
import { toBytes } from '../answers/bytes.ts'
import type { HttpResponse } from '../answers/service-error.ts'
import type { ObjectStore } from '../hosting/object-store.ts'

const prefix = '/s3/'

/**
 * Answers `GET` and `PUT` of `/s3/<bucket>/<key>`, with which other processes read and write the inputs and outputs of asynchronous calls.
 * Returns undefined for every other path.
 */
export async function answerObjectRequest(
  request: ReceivedRequest,
  objects: ObjectStore,
): Promise<HttpResponse | undefined> {
  const [path = ''] = request.path.split('?')
  const match = /^\/s3\/([^/]+)\/(.+)$/.exec(path)
  if (!path.startsWith(prefix)) return undefined
  const location = match ? `s3://${match[1]}/${decodeURIComponent(match[2] ?? '')}` : undefined
  if (location === undefined) return problem(400, 'InvalidURI', 'The path must be /s3/<bucket>/<key>.')
  if (request.method === 'PUT') {
    if (request.headers['content-encoding']?.includes('aws-chunked')) {
      return problem(501, 'NotImplemented', 'Only plain bodies can be stored here.')
    }
    await objects.put(location, request.body)
    return { statusCode: 200, headers: {}, body: new Uint8Array() }
  }
  if (request.method !== 'GET') return problem(405, 'MethodNotAllowed', 'Only GET and PUT are possible here.')
  const data = await objects.get(location)
  if (!data) return problem(404, 'NoSuchKey', 'The specified key does not exist.')
  return { statusCode: 200, headers: { 'content-type': 'application/octet-stream' }, body: data }
}

function problem(statusCode: number, code: string, message: string): HttpResponse {
  const xml = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${code}</Code><Message>${message}</Message></Error>`
  return { statusCode, headers: { 'content-type': 'application/xml' }, body: toBytes(xml) }
}
