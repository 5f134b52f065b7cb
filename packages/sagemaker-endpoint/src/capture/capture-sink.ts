import { appendFileSync, chmodSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { SagemakerError } from '../errors/sagemaker-error.ts'

/** Takes the lines of captures, in order. Never throws: the first failure emits a process warning. */
export type CaptureSink = (line: string) => void

/**
 * Chooses where captures go: to a playground for an `http:` URL, else to a file.
 *
 * @throws {SagemakerError} `invalid-request` for a host that is not loopback, and for a file that cannot be written.
 */
export function captureSink(target: string | URL): CaptureSink {
  const url = target instanceof URL || /^(?:https?|file):/i.test(target) ? new URL(target) : undefined
  if (url === undefined) return fileSink(String(target))
  return url.protocol === 'file:' ? fileSink(fileURLToPath(url)) : playgroundSink(url)
}

/** Appends to a file that only its owner can read. Synchronous, so that the file has all lines when the program crashes. */
function fileSink(path: string): CaptureSink {
  try {
    appendFileSync(path, '', { mode: 0o600 })
    // The mode above applies to a new file only.
    chmodSync(path, 0o600)
  } catch (cause) {
    throw new SagemakerError('invalid-request', `captureTo cannot write to ${path}: ${reasonOf(cause)}.`, { cause })
  }
  const warn = warnOnce(path)
  return (line) => {
    try {
      appendFileSync(path, line, { mode: 0o600 })
    } catch (error) {
      warn(error)
    }
  }
}

/** Most characters that wait for the playground. */
const maxQueuedLength = 64 * 1024 * 1024

/** Loopback hosts, as `URL` writes them. */
const loopbackHost = /^(?:localhost|127(?:\.\d+){3}|\[::1\])$/

/** Posts to `/api/captures` of a playground as lines of JSON, in order, one request at a time. */
function playgroundSink(playground: URL): CaptureSink {
  if (playground.protocol !== 'http:' || !loopbackHost.test(playground.hostname)) {
    const text = `captureTo sends prompts and answers only to http: URLs on loopback, not to ${playground.origin}.`
    throw new SagemakerError('invalid-request', text)
  }
  const url = new URL('/api/captures', playground)
  const warn = warnOnce(url.href)
  let queue: string[] = []
  let queuedLength = 0
  let isPosting = false
  const post = async (): Promise<void> => {
    isPosting = true
    // What is written in one turn of the event loop is sent together.
    await Promise.resolve()
    while (queue.length > 0) {
      const body = queue.join('')
      queue = []
      queuedLength = 0
      // oxlint-disable-next-line no-await-in-loop -- the lines of a call have an order
      await postLines(url, body).catch(warn)
    }
    isPosting = false
  }
  return (line) => {
    if (queuedLength + line.length > maxQueuedLength) {
      warn(new RangeError('it is too slow, calls are missing from the capture'))
      return
    }
    queue.push(line)
    queuedLength += line.length
    if (!isPosting) void post()
  }
}

async function postLines(url: URL, body: string): Promise<void> {
  const headers = { 'content-type': 'application/x-ndjson', origin: url.origin }
  const response = await fetch(url, { method: 'POST', body, headers, redirect: 'error' })
  await response.body?.cancel()
  if (!response.ok) throw new Error(`it responded with status ${response.status}`)
}

/** Reports the first failure only: the same disk or connection fails for every line. */
function warnOnce(target: string): (error: unknown) => void {
  let hasWarned = false
  return (error) => {
    if (hasWarned) return
    hasWarned = true
    const text = `captureTo cannot write to ${target}: ${reasonOf(error)}. Calls are not affected; later failures are not reported.`
    process.emitWarning(text, 'SagemakerCaptureWarning')
  }
}

/** The message of an error of the file system or of `fetch`, which hold nothing of what was written. */
function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error)
  return error.cause instanceof Error ? error.cause.message : error.message
}
