export type { Decoder } from './decoders/decoder.ts'
export { ResponseStream, type ResponseStreamOptions } from './response-stream/response-stream.ts'
export type { OpenStreamSource, StreamSource } from './reading/stream-source.ts'
export type { StreamIterator } from './reading/stream-iterator.ts'
