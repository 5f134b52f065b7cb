import { afterParts, type CataloguedFault } from './catalogued-fault.ts'

type Row = readonly [id: string, title: string, expected: string, summary: string]

const rows: readonly Row[] = [
  [
    'reset',
    'Connection reset',
    'stream-interrupted',
    'An instance is replaced or a load balancer gives up: the connection breaks with a TCP reset.',
  ],
  ['disconnect', 'Connection closed', 'stream-interrupted', 'The socket is closed before the HTTP body ends.'],
  [
    'early-end',
    'Ends without an end marker',
    'stream-interrupted',
    'The container died and its front ended the body properly. Only the missing end marker tells that the answer is not whole.',
  ],
  [
    'model-stream-error',
    'ModelStreamError',
    'stream-interrupted',
    'SageMaker lost the connection to the container, and says so in an exception frame.',
  ],
  [
    'model-timeout',
    'Out of time',
    'timeout',
    'The container took longer than a stream may last. SageMaker says so in an exception frame.',
  ],
  [
    'internal-stream-failure',
    'InternalStreamFailure',
    'service-unavailable',
    'SageMaker itself failed, and says so in an exception frame.',
  ],
  [
    'in-band-error',
    'Error within the answer',
    'model-error',
    'The container fails after it has begun with status 200, and writes its error where text should be.',
  ],
  [
    'unknown-exception',
    'An exception nobody knows',
    'model-error',
    'An exception frame of a type that no client knows yet.',
  ],
  [
    'error-frame',
    'Error frame',
    'service-unavailable',
    'A frame of the type error, which carries its text in headers.',
  ],
  [
    'unknown-event',
    'An event nobody knows',
    'answer',
    'An event of a new type among the parts, after which the answer goes on.',
  ],
  [
    'message-checksum',
    'Bad checksum',
    'stream-corrupt',
    'A byte was damaged on the way: the checksum of the frame does not match.',
  ],
  ['prelude-checksum', 'Bad checksum in the prelude', 'stream-corrupt', 'The length of a frame was damaged.'],
  [
    'oversized-length',
    'Length of a gigabyte',
    'stream-corrupt',
    'A damaged length, for which a client may allocate all its memory and wait.',
  ],
  ['zero-length', 'Length of zero', 'stream-corrupt', 'A damaged length, at which a client may loop forever.'],
  ['no-message-type', 'Frame without a type', 'stream-corrupt', 'A frame that lacks the header which says what it is.'],
  ['truncated-frame', 'Half a frame', 'stream-interrupted', 'The body ends properly in the middle of a frame.'],
  [
    'disconnect-in-frame',
    'Closed within a frame',
    'stream-interrupted',
    'The socket is closed in the middle of a frame.',
  ],
  ['html', 'HTML within the stream', 'stream-corrupt', 'A proxy writes its error page into a stream that has begun.'],
]

/** Ways in which an answer breaks off. */
export const endings: readonly CataloguedFault[] = rows.map(([id, title, expected, summary]) => ({
  id,
  group: 'Breaks off',
  title,
  summary,
  expected,
  members: { ending: id, afterParts: afterParts.initial },
  fields: [afterParts],
}))
