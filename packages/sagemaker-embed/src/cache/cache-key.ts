import { createHash } from 'node:crypto'

/** Everything besides the text that decides what its vector is. */
export type CacheIdentity = Readonly<Record<string, unknown>>

/**
 * Makes the function that makes keys: SHA-256 over everything that decides what a vector is. A query thus never gets a
 * passage's vector, nor one of another model, instruction or width.
 */
export function cacheKeyOf(identity: CacheIdentity): (text: string) => string {
  // One hash with the identity in it is copied for each text.
  const prefix = createHash('sha256').update(JSON.stringify(identity)).update('\n')
  // UTF-16, because UTF-8 makes all lone surrogates the same.
  return (text) => prefix.copy().update(text, 'utf16le').digest('base64url')
}
