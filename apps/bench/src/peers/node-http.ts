import { Agent, request, type IncomingMessage } from 'node:http'
import { requestBody } from '../workloads/connection.ts'

const agent = new Agent({ keepAlive: true })

export function invokeWithNodeHttp(url: string, endpointName: string): Promise<IncomingMessage> {
  return post(`${url}/endpoints/${endpointName}/invocations`)
}

export function streamWithNodeHttp(url: string, endpointName: string): Promise<IncomingMessage> {
  return post(`${url}/endpoints/${endpointName}/invocations-response-stream`)
}

/** A request with nothing around it: no signature, no time limits, no errors of the service. */
function post(url: string): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    request(url, { method: 'POST', agent, headers: { 'content-type': 'application/json' } }, resolve)
      .once('error', reject)
      .end(requestBody)
  })
}
