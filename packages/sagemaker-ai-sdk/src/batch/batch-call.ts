import { Buffer } from 'node:buffer'
import type { LanguageModelCallOptions } from '../contract/call-options.ts'

/** A request of a batch as JSON: bytes are base64, URLs are texts. */
export type BatchCall = object

/** Writes a request as JSON. What JSON has no form for, such as a signal, is not part of a request of a batch. */
export function callText(call: object): string {
  return JSON.stringify(call, function (this: Readonly<Record<string, unknown>>, key, converted: unknown) {
    const value = this[key]
    return value instanceof Uint8Array ? Buffer.from(value).toString('base64') : converted
  })
}

/** Reads a request back. */
export function readCall(call: BatchCall): LanguageModelCallOptions {
  const revived: unknown = JSON.parse(JSON.stringify(call), (_, value: unknown) =>
    isUrlData(value) ? urlData(value) : value,
  )
  return revived as LanguageModelCallOptions
}

interface UrlData {
  readonly type: 'url'
  readonly url: string
}

function isUrlData(value: unknown): value is UrlData {
  if (typeof value !== 'object' || value === null) return false
  const { type, url } = value as Partial<UrlData>
  return type === 'url' && typeof url === 'string' && URL.canParse(url)
}

function urlData({ type, url }: UrlData): object {
  return { type, url: new URL(url) }
}
