import { gzipSync } from 'node:zlib'
import { describe, expect, test } from 'vitest'
import type { SagemakerEndpointOptions, SagemakerErrorCode } from '../index.ts'
import { startHttpServer } from '../test-support/http-server.ts'
import { failureOf, localEndpoint, readTexts } from '../test-support/local-endpoint.ts'

const transports: readonly NonNullable<SagemakerEndpointOptions['transport']>[] = ['invoke', 'openai']
const html = { 'content-type': 'text/html' }
const page = '<html><body>Please sign in</body></html>'

describe.each(transports)('over transport %s', (transport) => {
  test.each<readonly [status: number, headers: Record<string, string>, code: SagemakerErrorCode, words: string]>([
    [200, html, 'connection', 'the response does not come from SageMaker'],
    [302, { ...html, location: 'https://portal.example/' }, 'connection', 'a redirect, which is not followed'],
    [307, { location: 'https://portal.example/' }, 'connection', 'a redirect, which is not followed'],
    [400, html, 'connection', 'the response does not come from SageMaker'],
    [404, html, 'connection', 'the response does not come from SageMaker'],
    [407, { ...html, 'proxy-authenticate': 'Basic' }, 'connection', 'the proxy requires authentication'],
    [421, html, 'connection', 'the response does not come from SageMaker'],
    [403, html, 'access-denied', 'access is denied'],
    [413, html, 'payload-too-large', 'the request is too large'],
    [429, html, 'throttled', 'too many requests'],
    [502, html, 'service-unavailable', 'the service is failing'],
    [511, html, 'service-unavailable', 'the service is failing'],
  ])('%i of a proxy or a portal, %j, is %s', async (status, headers, code, words) => {
    let count = 0
    await using server = await startHttpServer((request, response) => {
      count++
      request.resume()
      response.writeHead(status, headers).end(page)
    })
    const error = await failureOf(localEndpoint(server, 'it', { transport, retry: { maxAttempts: 1 } }).invoke('{}'))
    expect(error).toMatchObject({ code, statusCode: status })
    expect(error.message).toContain(words)
    expect(error.message).not.toContain('sign in')
    expect(count).toBe(1)
  })

  test('a page in place of a stream does not come from SageMaker', async () => {
    await using server = await startHttpServer((request, response) => {
      request.resume()
      response.writeHead(200, html).end(page)
    })
    const { error } = await readTexts(localEndpoint(server, 'it', { transport }).invokeStream('{}'))
    expect(error).toMatchObject({ code: 'connection', retryable: false, statusCode: 200 })
  })

  test('a container may answer in HTML', async () => {
    await using server = await startHttpServer((request, response) => {
      request.resume()
      response.writeHead(200, { ...html, 'x-amzn-requestid': 'id-1' }).end(page)
    })
    const { body } = await localEndpoint(server, 'it', { transport }).invoke('{}')
    expect(new TextDecoder().decode(body)).toBe(page)
  })

  test('a whole response is bounded, and the connection is closed', async () => {
    let closed: Promise<unknown> | undefined
    await using server = await startHttpServer((request, response) => {
      request.resume()
      closed = new Promise((resolve) => response.once('close', resolve))
      response.writeHead(200, { 'x-amzn-requestid': 'id-1' })
      const more = (): void => {
        while (!response.destroyed && response.write(Buffer.alloc(65_536)));
      }
      response.on('drain', more)
      more()
    })
    const endpoint = localEndpoint(server, 'it', { transport, maxResponseBytes: 1_000_000 })
    const error = await failureOf(endpoint.invoke('{}'))
    expect(error).toMatchObject({ code: 'unexpected-response', retryable: false })
    expect(error.message).toContain('maxResponseBytes of 1000000')
    expect(error.partial?.bytesReceived).toBeLessThan(1_200_000)
    await closed
  })

  test('a response that is packed without being asked for is unpacked, within the bound', async () => {
    const packed = { 'content-encoding': 'gzip', 'x-amzn-requestid': 'id-1' }
    await using server = await startHttpServer((request, response) => {
      expect(request.headers['accept-encoding'] ?? 'identity').toBe('identity')
      request.resume()
      const size = request.url?.includes('bomb') ? 20_000_000 : 20
      response.writeHead(200, packed).end(gzipSync(Buffer.alloc(size, 'a')))
    })
    const { body } = await localEndpoint(server, 'it', { transport }).invoke('{}')
    expect(new TextDecoder().decode(body)).toBe('a'.repeat(20))
    const bomb = localEndpoint(server, 'bomb', { transport, maxResponseBytes: 1_000_000 })
    const error = await failureOf(bomb.invoke('{}'))
    expect(error).toMatchObject({ code: 'unexpected-response' })
    expect(error.partial?.bytesReceived).toBeLessThan(1_200_000)
  })

  test('a packed error is read, and a packed response that is damaged is an error', async () => {
    const packed = { 'content-encoding': 'gzip', 'x-amzn-requestid': 'id-1' }
    await using server = await startHttpServer((request, response) => {
      request.resume()
      if (request.url?.includes('broken') === true) response.writeHead(200, packed).end('this is not gzip')
      else response.writeHead(400, packed).end(gzipSync('{"message":"wrong words"}'))
    })
    const options = { transport, retry: { maxAttempts: 1 } }
    expect((await failureOf(localEndpoint(server, 'it', options).invoke('{}'))).message).toContain('"wrong words"')
    expect(await failureOf(localEndpoint(server, 'broken', options).invoke('{}'))).toMatchObject({
      code: 'stream-corrupt',
    })
  })

  test('the end of an error that has no end is not waited for', async () => {
    await using server = await startHttpServer((request, response) => {
      request.resume()
      response.writeHead(500, { 'x-amzn-requestid': 'id-1' })
      response.write(Buffer.alloc(300_000, 'x'))
    })
    const error = await failureOf(localEndpoint(server, 'it', { transport, retry: { maxAttempts: 1 } }).invoke('{}'))
    expect(error).toMatchObject({ code: 'service-unavailable' })
  })

  test('a base path may end with a slash', async () => {
    const paths: (string | undefined)[] = []
    await using server = await startHttpServer((request, response) => {
      paths.push(request.url)
      request.resume()
      response.end('{}')
    })
    await localEndpoint({ url: `${server.url}/base/` }, 'it', { transport }).invoke('{}')
    await localEndpoint({ url: `${server.url}/` }, 'it', { transport }).invoke('{}')
    const path = transport === 'invoke' ? '/endpoints/it/invocations' : '/endpoints/it/openai/v1/chat/completions'
    expect(paths).toEqual([`/base${path}`, path])
  })
})
