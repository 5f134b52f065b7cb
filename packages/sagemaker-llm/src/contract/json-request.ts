import type { CallWarning, CodecRequest } from '@x/bedrock-like-types'

const encoder = new TextEncoder()

/** What a JSON request has besides its body. */
export interface JsonRequestOptions {
  /** Value of the custom attributes header. */
  readonly customAttributes?: string | undefined
  /** What was asked for and cannot be sent. Default: nothing. */
  readonly warnings?: readonly CallWarning[] | undefined
}

/** A request whose body is the given value as JSON. Members that are `undefined` are left out. */
export function jsonRequest(body: object, options: JsonRequestOptions = {}): CodecRequest {
  return {
    body: encoder.encode(JSON.stringify(body)),
    contentType: 'application/json',
    // Also for streams: several containers answer any other value with an error, and none needs one to stream.
    accept: 'application/json',
    customAttributes: options.customAttributes,
    warnings: options.warnings ?? [],
  }
}
