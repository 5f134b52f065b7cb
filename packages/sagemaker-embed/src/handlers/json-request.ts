import type { EmbeddingRequest } from '../contract/embedding-content-handler.ts'

const utf8 = new TextEncoder()

/** A request with a JSON body; members that are `undefined` are left out. */
export function jsonRequest(body: unknown): EmbeddingRequest {
  return {
    body: utf8.encode(JSON.stringify(body)),
    contentType: 'application/json',
    accept: 'application/json',
  }
}
