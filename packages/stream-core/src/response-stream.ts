export type { Decoder } from './decoders/decoder.ts'
export { ResponseStream, type ResponseStreamOptions } from './response-stream/response-stream.ts'
export type { OpenStreamSource, StreamSource } from './readers/stream-source.ts'
export type { StreamIterator } from './readers/stream-iterator.ts'
