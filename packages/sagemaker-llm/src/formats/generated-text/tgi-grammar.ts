import type { ResponseFormat } from '@x/bedrock-like-types'

/** TGI's `grammar`, which is also its `response_format`; `undefined` for free text. Any JSON is an object there. */
export function tgiGrammar(format: ResponseFormat | undefined): object | undefined {
  return format?.type === 'json' ? { type: 'json', value: format.schema ?? { type: 'object' } } : undefined
}
