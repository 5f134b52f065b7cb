import { SagemakerError } from '@x/sagemaker-endpoint'

/**
 * Reads the body of a request as JSON.
 *
 * @throws {SagemakerError} `payload-too-large` as soon as it is known to be larger, `invalid-request` if it is not JSON, `aborted` if the
 * client left before the end.
 */
export async function readJsonBody(request: Request, maxBytes: number): Promise<unknown> {
  const text = new TextDecoder().decode(await readBytes(request, maxBytes))
  if (text.trim() === '')
    throw new SagemakerError('invalid-request', 'body: is empty; it must be a JSON object', { path: 'body' })
  try {
    return JSON.parse(text)
  } catch {
    throw new SagemakerError('invalid-request', 'body: is not JSON', { path: 'body' })
  }
}

async function readBytes({ body, headers, signal }: Request, maxBytes: number): Promise<Uint8Array> {
  if (Number(headers.get('content-length')) > maxBytes) throw tooLarge(maxBytes)
  if (body === null) return new Uint8Array()
  const chunks: Uint8Array[] = []
  let bytes = 0
  const reader = body.getReader()
  for (;;) {
    const { done, value } = await reader.read().catch((error: unknown) => {
      throw signal.aborted || isReset(error)
        ? new SagemakerError('aborted', 'the client left before the end of its request.')
        : error
    })
    if (done) break
    bytes += value.byteLength
    if (bytes > maxBytes) {
      await reader.cancel().catch(() => {})
      throw tooLarge(maxBytes)
    }
    chunks.push(value)
  }
  const [only] = chunks
  return chunks.length === 1 && only !== undefined ? only : joined(chunks, bytes)
}

function joined(chunks: readonly Uint8Array[], bytes: number): Uint8Array {
  const all = new Uint8Array(bytes)
  let offset = 0
  for (const chunk of chunks) {
    all.set(chunk, offset)
    offset += chunk.byteLength
  }
  return all
}

function isReset(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException
  return code === 'ECONNRESET' || code === 'ERR_STREAM_PREMATURE_CLOSE'
}

function tooLarge(maxBytes: number): SagemakerError {
  return new SagemakerError('payload-too-large', `the body of the request is larger than ${maxBytes} bytes.`)
}
