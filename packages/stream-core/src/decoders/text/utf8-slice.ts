interface NodeGlobals {
  readonly Buffer?: { readonly prototype: { readonly utf8Slice?: (this: Uint8Array) => string } }
  readonly navigator?: { readonly userAgent?: string }
}

const { Buffer, navigator } = globalThis as NodeGlobals

/**
 * The other way of Node.js to decode UTF-8, malformed bytes replaced and a byte order mark kept. The text is the
 * same; a call costs a fifth less for a chunk of a hundred bytes, which is one event.
 *
 * Undefined everywhere else: what other runtimes and bundlers call `Buffer` may drop a byte order mark, throw or be slower.
 */
export const utf8Slice: ((this: Uint8Array) => string) | undefined =
  navigator?.userAgent?.startsWith('Node.js/') === true ? Buffer?.prototype.utf8Slice : undefined
