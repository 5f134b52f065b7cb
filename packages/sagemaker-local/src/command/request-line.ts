import { terminalLine } from '@x/loopback-guard'
import type { ReceivedRequest } from '../answers/received-request.ts'

/**
 * Formats a request and its response as one line for a terminal: `POST my-llama 200 stream 12 parts 340 ms aborted`. If the request
 * names no endpoint, shows the operation of the control plane, or else the path. Shows `-` for the status if no headers were sent, and
 * an injected fault at the end.
 */
export function requestLine(request: ReceivedRequest): string {
  const { endpointName, operation, outcome, parts, durationMs, fault } = request
  const [path = ''] = request.path.split('?')
  const words = [
    request.method,
    endpointName ?? request.headers['x-amz-target']?.toString() ?? path,
    request.status ?? '-',
    operation ?? '',
    operation === undefined || operation === 'async' ? '' : `${parts} ${parts === 1 ? 'part' : 'parts'}`,
    durationMs === undefined ? '' : `${durationMs} ms`,
    outcome === 'aborted' ? 'aborted' : '',
    fault === undefined ? '' : `fault: ${fault}`,
  ]
  return terminalLine(words.filter((word) => word !== '').join(' '))
}
