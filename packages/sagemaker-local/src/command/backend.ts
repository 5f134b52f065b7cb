import { demoEmbeddingModel } from '../demo/demo-embedding-model.ts'
import { demoLanguageModel } from '../demo/demo-language-model.ts'
import { embeddingFormats, type EmbeddingFormat } from '../demo/formats/embedding-formats.ts'
import { languageFormats, type LanguageFormat } from '../demo/formats/language-formats.ts'
import type { LocalEndpoint } from '../endpoints/local-endpoint.ts'
import type { ConfiguredEndpoint } from './configuration.ts'
import { UsageError } from './usage-error.ts'

const languageFormatNames = Object.keys(languageFormats) as LanguageFormat[]
const embeddingFormatNames = Object.keys(embeddingFormats) as EmbeddingFormat[]

/**
 * The model behind a backend such as `demo`, `demo:openai` or `demo-embedding:tei`.
 * @throws {UsageError}
 */
export function createBackend(name: string, endpoint: ConfiguredEndpoint): LocalEndpoint {
  const [kind = '', format] = endpoint.backend.split(':')
  if (kind === 'demo') {
    return demoLanguageModel({ ...endpoint, format: pick(name, languageFormatNames, format) })
  }
  if (kind === 'demo-embedding') {
    return demoEmbeddingModel({ ...endpoint, format: pick(name, embeddingFormatNames, format) })
  }
  throw new UsageError(
    `Endpoint ${name}: there is no backend "${endpoint.backend}", only demo and demo-embedding, each with a format.`,
  )
}

function pick<Format extends string>(
  name: string,
  formats: readonly Format[],
  format: string | undefined,
): Format | undefined {
  const found = formats.find((known) => known === format)
  if (found === undefined && format !== undefined) {
    throw new UsageError(`Endpoint ${name}: there is no format "${format}", only ${formats.join(', ')}.`)
  }
  return found
}
