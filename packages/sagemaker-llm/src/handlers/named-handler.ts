import type { ContentHandler } from '../contract/content-handler.ts'
import { invalidRequest } from '../contract/invalid-request.ts'

/**
 * Name of a built-in content handler: that of its function.
 *
 * @public
 */
export type LanguageHandlerName =
  | 'ai21'
  | 'auto'
  | 'bedrockCompat'
  | 'cohere'
  | 'huggingface'
  | 'jumpstartLlama2'
  | 'jumpstartText2Text'
  | 'lmi'
  | 'openai'
  | 'plainText'
  | 'tgi'
  | 'triton'

type Load = (options: object) => Promise<ContentHandler>

/** Each handler is loaded when it is asked for, so that the others stay out of a bundle's first part. */
const handlers: Readonly<Record<LanguageHandlerName, Load>> = {
  auto: async () => (await import('./auto.ts')).auto(),
  openai: async (options) => (await import('./openai.ts')).openai(options),
  tgi: async () => (await import('./tgi.ts')).tgi(),
  lmi: async (options) => (await import('./lmi.ts')).lmi(options),
  huggingface: async () => (await import('./huggingface.ts')).huggingface(),
  jumpstartLlama2: async (options) => (await import('./jumpstart-llama2.ts')).jumpstartLlama2(options),
  jumpstartText2Text: async () => (await import('./jumpstart-text2text.ts')).jumpstartText2Text(),
  cohere: async (options) => (await import('./cohere.ts')).cohere(options),
  ai21: async () => (await import('./ai21.ts')).ai21(),
  triton: async (options) => (await import('./triton.ts')).triton(options),
  plainText: async (options) => (await import('./plain-text.ts')).plainText(options),
  bedrockCompat: async () => (await import('./bedrock-compat.ts')).bedrockCompat(),
}

/**
 * Loads a content handler by the name of its factory, for configuration files and command lines.
 *
 * @param name - such as `'tgi'` or `'jumpstartLlama2'`.
 * @param options - the options of that handler. Default: none.
 * @throws {SagemakerError} `invalid-request` that lists the known names.
 */
export async function namedHandler(
  name: string,
  options: Readonly<Record<string, unknown>> = {},
): Promise<ContentHandler> {
  const load = Object.hasOwn(handlers, name) ? handlers[name as LanguageHandlerName] : undefined
  if (load === undefined) {
    throw invalidRequest(`contentHandler: unknown name; known are ${Object.keys(handlers).join(', ')}`)
  }
  return load(options)
}
