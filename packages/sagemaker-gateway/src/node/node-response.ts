import type { ServerResponse } from 'node:http'
import type { EventSink } from '../events/event-answer.ts'
import { eventAnswerOf } from '../events/event-body.ts'

/** Writes a response of the web to one of Node.js: an event stream directly, anything else as a whole. */
export async function writeResponse(response: Response, outgoing: ServerResponse): Promise<void> {
  const answer = eventAnswerOf(response.body)
  const body = answer === undefined ? Buffer.from(await response.arrayBuffer()) : undefined
  if (body !== undefined && !outgoing.req.complete) {
    // A body that was refused is not read to its end.
    outgoing.setHeader('connection', 'close')
  }
  if (body !== undefined && response.status !== 204) outgoing.setHeader('content-length', body.byteLength)
  for (const [name, value] of response.headers) outgoing.setHeader(name, value)
  outgoing.writeHead(response.status)
  if (answer === undefined) {
    outgoing.end(body)
    return
  }
  outgoing.flushHeaders()
  await answer.writeTo(sinkOf(outgoing))
  outgoing.end()
}

function sinkOf(outgoing: ServerResponse): EventSink {
  const drained = (): Promise<void> =>
    new Promise((resolve) => {
      const done = (): void => {
        outgoing.off('drain', done)
        outgoing.off('close', done)
        resolve()
      }
      outgoing.on('drain', done)
      outgoing.on('close', done)
    })
  return {
    write: (text) => (text === '' || outgoing.destroyed || outgoing.write(text) ? undefined : drained()),
    writeComment(text) {
      if (!outgoing.destroyed && !outgoing.writableNeedDrain) outgoing.write(text)
    },
  }
}
