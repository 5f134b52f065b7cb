import { SagemakerError } from '@x/sagemaker-endpoint'
import type { EmbeddingContentHandler } from '../contract/embedding-content-handler.ts'
import { autoEmbedding } from './auto-embedding.ts'
import { cohereEmbedding } from './cohere-embedding.ts'
import { huggingfaceEmbedding } from './huggingface-embedding.ts'
import { jinaEmbedding } from './jina-embedding.ts'
import { jumpstartEmbedding } from './jumpstart-embedding.ts'
import { kserveEmbedding } from './kserve-embedding.ts'
import { lmiEmbedding } from './lmi-embedding.ts'
import { openaiEmbedding } from './openai-embedding.ts'
import { teiEmbedding } from './tei-embedding.ts'
import { titanEmbedding } from './titan-embedding.ts'

/**
 * Name of a built-in content handler: that of its function without `Embedding`.
 *
 * @public
 */
export type EmbeddingHandlerName =
  | 'auto'
  | 'cohere'
  | 'huggingface'
  | 'jina'
  | 'jumpstart'
  | 'kserve'
  | 'lmi'
  | 'openai'
  | 'tei'
  | 'titan'

const handlers: Readonly<Record<EmbeddingHandlerName, (options: object) => EmbeddingContentHandler>> = {
  auto: autoEmbedding,
  cohere: cohereEmbedding,
  huggingface: huggingfaceEmbedding,
  jina: jinaEmbedding,
  jumpstart: jumpstartEmbedding,
  kserve: kserveEmbedding,
  lmi: lmiEmbedding,
  openai: openaiEmbedding,
  tei: teiEmbedding,
  titan: titanEmbedding,
}

const names = Object.keys(handlers).join(', ')

/**
 * The built-in content handler with a name, for names that come from a configuration or a command line.
 *
 * @param name - such as `tei`, or the name of the function: `teiEmbedding`.
 * @param options - the options of that handler.
 * @throws {SagemakerError} `invalid-request` for any other name; the message lists those there are.
 *
 * @public
 */
export async function namedEmbeddingHandler(
  name: string,
  options: Readonly<Record<string, unknown>> = {},
): Promise<EmbeddingContentHandler> {
  const short = name.replace(/(?:Embedding)?(?:\(\))?$/, '')
  if (!Object.hasOwn(handlers, short)) {
    throw new SagemakerError('invalid-request', `there is no embedding handler of the name given. Use one of ${names}.`)
  }
  return handlers[short as EmbeddingHandlerName](options)
}
