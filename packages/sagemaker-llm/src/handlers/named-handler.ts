import type { ContentHandler } from '../contract/content-handler.ts'
import { invalidRequest } from '../contract/invalid-request.ts'

/** Each handler with its default options, loaded when it is asked for, so that the others stay out of a bundle's first part. */
const handlers: Readonly<Record<string, () => Promise<ContentHandler>>> = {
  auto: async () => (await import('./auto.ts')).auto(),
  openai: async () => (await import('./openai.ts')).openai(),
  tgi: async () => (await import('./tgi.ts')).tgi(),
  lmi: async () => (await import('./lmi.ts')).lmi(),
  huggingface: async () => (await import('./huggingface.ts')).huggingface(),
  jumpstartLlama2: async () => (await import('./jumpstart-llama2.ts')).jumpstartLlama2(),
  jumpstartText2Text: async () => (await import('./jumpstart-text2text.ts')).jumpstartText2Text(),
  cohere: async () => (await import('./cohere.ts')).cohere(),
  ai21: async () => (await import('./ai21.ts')).ai21(),
  triton: async () => (await import('./triton.ts')).triton(),
  plainText: async () => (await import('./plain-text.ts')).plainText(),
  bedrockCompat: async () => (await import('./bedrock-compat.ts')).bedrockCompat(),
}

/**
 * Loads a content handler by the name of its factory, with default options, for configuration files and command lines.
 *
 * @param name - such as `'tgi'` or `'jumpstartLlama2'`.
 * @throws {SagemakerError} `invalid-request` that lists the known names.
 */
export async function namedHandler(name: string): Promise<ContentHandler> {
  const load = Object.hasOwn(handlers, name) ? handlers[name] : undefined
  if (load === undefined) {
    throw invalidRequest(`contentHandler: unknown name; known are ${Object.keys(handlers).join(', ')}`)
  }
  return load()
}
