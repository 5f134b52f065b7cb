// A frame: total length (4 bytes), length of the header block (4), CRC-32 of those eight bytes (4), header block, payload,
// CRC-32 of all that precedes it (4). All numbers are big-endian and unsigned.
// https://smithy.io/2.0/aws/amazon-eventstream.html

/** Bytes before the header block. */
export const preludeLength = 12

/** Bytes of a frame that has neither headers nor payload. */
export const overheadLength = 16

/** What the specification allows a service to send: 24 MiB of payload, 128 KiB of headers. */
export const defaultMaxFrameLength: number = 24 * 1024 * 1024 + 128 * 1024 + overheadLength
