import type { CallWarning, CodecRequest } from '@x/bedrock-like-types'

/** Options of `jsonRequest`. */
export interface JsonRequestOptions {
  /** Value of the custom attributes header. */
  readonly customAttributes?: string | undefined
  /**
   * Options that the container has no member for.
   * @defaultValue nothing
   */
  readonly warnings?: readonly CallWarning[] | undefined
}

const utf8 = new TextEncoder()

/** Creates a request with a JSON body. Members that are `undefined` are left out. */
export function jsonRequest(body: object, options: JsonRequestOptions = {}): CodecRequest {
  return {
    body: utf8.encode(JSON.stringify(body)),
    contentType: 'application/json',
    // Also for streams: several containers reject any other value, and none needs one to stream.
    accept: 'application/json',
    customAttributes: options.customAttributes,
    warnings: options.warnings ?? [],
  }
}
