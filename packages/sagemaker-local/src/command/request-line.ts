import { terminalLine } from '@x/loopback-guard'
import type { ReceivedRequest } from '../answers/received-request.ts'

/**
 * One line about a request and its answer, for a terminal: `POST my-llama 200 stream 12 parts 340 ms aborted`. A path that names no
 * endpoint stands for itself; `-` stands for the status where the connection was closed without headers; an injected fault is named
 * at the end.
 */
export function requestLine(request: ReceivedRequest): string {
  const { endpointName, operation, outcome, parts, durationMs, fault } = request
  const [path = ''] = request.path.split('?')
  const words = [
    request.method,
    endpointName ?? path,
    request.status ?? '-',
    operation ?? '',
    operation === undefined || operation === 'async' ? '' : `${parts} ${parts === 1 ? 'part' : 'parts'}`,
    durationMs === undefined ? '' : `${durationMs} ms`,
    outcome === 'aborted' ? 'aborted' : '',
    fault === undefined ? '' : `fault: ${fault}`,
  ]
  return terminalLine(words.filter((word) => word !== '').join(' '))
}
