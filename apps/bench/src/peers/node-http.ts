import { Agent, request, type IncomingMessage } from 'node:http'

const agent = new Agent({ keepAlive: true })

/** A request with nothing around it: no signature, no time limits, no errors of the service. */
export function postWithNodeHttp(url: string, body: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request(url, { method: 'POST', agent, headers: { 'content-type': 'application/json' } }, resolve)
      .once('error', reject)
      .end(body)
  })
}
