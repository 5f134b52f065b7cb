import type { IncomingMessage } from 'node:http'
import { requestProblem } from '@x/loopback-guard'

/** Why a request to a server on loopback is refused for its `Host`: a web page that points its own name at this machine gets nothing. */
export function hostProblem(
  { headers, method = 'GET', url = '/' }: IncomingMessage,
  allowedHosts: readonly string[],
): string | undefined {
  const { host } = headers
  const none = { origin: undefined, fetchSite: undefined, fetchMode: undefined, fetchDest: undefined }
  return requestProblem({ method, path: url, host, ...none }, { callers: 'programs', hosts: allowedHosts })
}
