import { exception, frame, message, type MessageValue, payloadPart, rawFrame } from './event-stream-frame.ts'
import { type Scenario, scenario } from './scenario.ts'

const first = payloadPart('data: {"a":1}\n\n')
const second = payloadPart('data: {"a":2}\n\n')
const firstFrame = frame(first)
const secondFrame = frame(second)
const firstLength = firstFrame.length

/** The bytes of a frame with one bit changed. */
function flipped(bytes: Uint8Array, place: number): Uint8Array {
  const copy = bytes.slice()
  copy[place] = (copy[place] ?? 0) ^ 1
  return copy
}

const timedOut = exception('ModelStreamError', { Message: 'timed out', ErrorCode: 'ModelInvocationTimeExceeded' })
const broken = exception('InternalStreamFailure', { Message: 'failure' })

const everyType = message(
  {
    yes: { type: 'boolean', value: true },
    no: { type: 'boolean', value: false },
    byte: { type: 'byte', value: -128 },
    short: { type: 'short', value: -32_768 },
    integer: { type: 'integer', value: -2_147_483_648 },
    long: { type: 'long', value: '-9223372036854775808' },
    binary: { type: 'binary', value: 'AAECAw==' },
    string: { type: 'string', value: 'é日😀' },
    timestamp: { type: 'timestamp', value: 1_790_000_000_123 },
    uuid: { type: 'uuid', value: '00112233-4455-6677-8899-aabbccddeeff' },
  },
  'payload',
)

export const eventStreamScenarios: readonly Scenario<MessageValue>[] = [
  scenario('an empty input has no messages', [''], []),
  scenario('one frame', [firstFrame], [first]),
  scenario('several frames in one chunk', [[...firstFrame, ...secondFrame, ...firstFrame]], [first, second, first]),
  scenario('a cut in the length', [firstFrame.slice(0, 2), firstFrame.slice(2)], [first]),
  scenario('a cut after the prelude', [firstFrame.slice(0, 12), firstFrame.slice(12)], [first]),
  scenario(
    'cuts in headers, payload and checksum',
    [firstFrame.slice(0, 20), firstFrame.slice(20, -6), firstFrame.slice(-6, -2), firstFrame.slice(-2)],
    [first],
  ),
  scenario(
    'a chunk with an end, a frame and a beginning',
    [
      firstFrame.slice(0, 30),
      [...firstFrame.slice(30), ...secondFrame, ...firstFrame.slice(0, 30)],
      firstFrame.slice(30),
    ],
    [first, second, first],
  ),
  scenario('an empty payload', [frame(payloadPart(''))], [payloadPart('')]),
  scenario('no headers', [frame(message({}, 'x')), frame(message({}, ''))], [message({}, 'x'), message({}, '')]),
  scenario('every type of header', [frame(everyType)], [everyType]),
  scenario(
    'headers that change from frame to frame',
    [frame(everyType), firstFrame, frame(everyType)],
    [everyType, first, everyType],
  ),
  scenario(
    'a character cut by the payloads is not the concern of frames',
    [frame(message({}, '日'))],
    [message({}, '日')],
  ),
  scenario('ModelStreamError after bytes of the container', [firstFrame, frame(timedOut)], [first, timedOut]),
  scenario('InternalStreamFailure after bytes of the container', [firstFrame, frame(broken)], [first, broken]),
  scenario('a frame of the longest length', [firstFrame], [first], { options: { maxFrameLength: firstLength } }),
  scenario('a frame over the longest length', [firstFrame], [], {
    options: { maxFrameLength: firstLength - 1 },
    error: { code: 'frame-too-long', byteOffset: 0 },
  }),
  scenario('a length prefix out of all proportion', [firstFrame, [0xff, 0xff, 0xff, 0xff], secondFrame], [first], {
    error: { code: 'frame-too-long', byteOffset: firstLength },
  }),
  scenario('an HTML page in place of frames', ['<html><body>502 Bad Gateway</body></html>'], [], {
    error: { code: 'frame-too-long', byteOffset: 0 },
  }),
  scenario('one bit of the prelude is wrong', [firstFrame, flipped(secondFrame, 7)], [first], {
    error: { code: 'bad-checksum', byteOffset: firstLength },
  }),
  scenario('one bit of the headers is wrong', [firstFrame, flipped(secondFrame, 20)], [first], {
    error: { code: 'bad-checksum', byteOffset: firstLength },
  }),
  scenario('one bit of the payload is wrong', [firstFrame, flipped(secondFrame, firstLength - 8)], [first], {
    error: { code: 'bad-checksum', byteOffset: firstLength },
  }),
  scenario('one bit of the checksum is wrong', [firstFrame, flipped(secondFrame, firstLength - 1)], [first], {
    error: { code: 'bad-checksum', byteOffset: firstLength },
  }),
  scenario('headers longer than the frame', [firstFrame, rawFrame(20, 5, [1, 2, 3, 4])], [first], {
    error: { code: 'invalid-frame', byteOffset: firstLength },
  }),
  scenario('a header of a type that does not exist', [rawFrame(20, 4, [2, 0x61, 0x62, 10])], [], {
    error: { code: 'invalid-frame', byteOffset: 0 },
  }),
  scenario('a header that ends outside of its block', [rawFrame(22, 6, [1, 0x61, 7, 0, 2, 0x62])], [], {
    error: { code: 'invalid-frame', byteOffset: 0 },
  }),
  scenario('the end of the input in a prelude', [firstFrame, secondFrame.slice(0, 7)], [first], {
    error: { code: 'truncated-frame', byteOffset: firstLength, atEnd: true },
  }),
  scenario('the end of the input in a payload', [firstFrame, secondFrame.slice(0, -10)], [first], {
    error: { code: 'truncated-frame', byteOffset: firstLength, atEnd: true },
  }),
]
