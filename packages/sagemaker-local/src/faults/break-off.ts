import {
  damagedPart,
  disconnect,
  end,
  errorFrame,
  event,
  exception,
  modelStreamError,
  part,
  reset,
  stall,
  wire,
  type Step,
} from '../answers/step.ts'
import type { EndingName } from './faults.ts'

/** The steps with which an answer breaks off. They close it, `unknown-event` excepted. */
export function breakOff(name: EndingName, contentType: string | undefined): readonly Step[] {
  switch (name) {
    case 'stall':
      return [stall()]
    case 'reset':
      return [reset()]
    case 'disconnect':
      return [disconnect()]
    case 'truncated-frame':
      return [damagedPart('truncated'), end()]
    case 'disconnect-in-frame':
      return [damagedPart('truncated'), disconnect()]
    case 'early-end':
      return [end()]
    case 'message-checksum':
    case 'prelude-checksum':
    case 'oversized-length':
    case 'zero-length':
    case 'no-message-type':
      // A server that sends garbage does not notice and goes on: closing the socket is up to the client.
      return [damagedPart(name), stall()]
    case 'model-stream-error':
      return [modelStreamError(), end()]
    case 'model-timeout':
      return [modelStreamError('ModelInvocationTimeExceeded'), end()]
    case 'internal-stream-failure':
      return [exception('InternalStreamFailure', { Message: 'The stream failed.' }), end()]
    case 'unknown-exception':
      return [exception('SomeNewException', { Message: 'Something new went wrong.' }), end()]
    case 'error-frame':
      return [errorFrame('InternalError', 'An internal error occurred.'), end()]
    case 'unknown-event':
      return [event('SomeNewEvent', '{"some":"thing"}', 'application/json')]
    case 'in-band-error':
      return [part(inBandError(contentType)), end()]
    case 'html':
      return [wire('<html><body><h1>502 Bad Gateway</h1></body></html>\n'), end()]
  }
}

/** An error as containers write it into a stream that has begun with status 200. */
function inBandError(contentType: string = ''): string {
  const error =
    '{"error":"Request failed during generation: Server error: CUDA out of memory","error_type":"generation"}'
  return contentType.startsWith('text/event-stream') ? `data: ${error}\n\n` : `${error}\n`
}
