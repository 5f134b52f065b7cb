/** What was asked for and cannot be sent. */
export interface CallWarning {
  readonly option?: string | undefined
  readonly message: string
}

/** What is sent to a container. */
export interface CodecRequest {
  readonly body: Uint8Array
  readonly contentType: string
  readonly accept: string
  readonly customAttributes?: string | undefined
  readonly warnings: readonly CallWarning[]
}

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
