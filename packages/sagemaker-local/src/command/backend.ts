import { readFileSync } from 'node:fs'
import { replay } from '../capture/replay.ts'
import {
  classificationFormats,
  type ClassificationFormat,
} from '../demo/classification-formats/classification-formats.ts'
import { demoClassificationModel } from '../demo/demo-classification-model.ts'
import { demoRerankModel } from '../demo/demo-rerank-model.ts'
import { rerankFormats, type RerankFormat } from '../demo/rerank-formats/rerank-formats.ts'
import { demoEmbeddingModel } from '../demo/demo-embedding-model.ts'
import { demoLanguageModel } from '../demo/demo-language-model.ts'
import { embeddingFormats, type EmbeddingFormat } from '../demo/embedding-formats/embedding-formats.ts'
import { languageFormats, type LanguageFormat } from '../demo/language-formats/language-formats.ts'
import type { LocalEndpoint } from '../answers/local-endpoint.ts'
import { containerProxy } from '../proxy/container-proxy.ts'
import { openaiProxy } from '../proxy/openai-proxy.ts'
import type { ConfiguredEndpoint } from './configuration.ts'
import { UsageError } from './usage-error.ts'

const languageFormatNames = Object.keys(languageFormats) as LanguageFormat[]
const rerankFormatNames = Object.keys(rerankFormats) as RerankFormat[]
const classificationFormatNames = Object.keys(classificationFormats) as ClassificationFormat[]
const embeddingFormatNames = Object.keys(embeddingFormats) as EmbeddingFormat[]

/**
 * Creates the model for a backend such as `demo`, `demo:openai`, `demo-embedding:tei`, `replay:capture.jsonl` or `http://127.0.0.1:11434/v1`.
 * @throws {UsageError} for an unknown backend or format, or a capture file that cannot be read.
 */
export function createBackend(name: string, endpoint: ConfiguredEndpoint): LocalEndpoint {
  const [kind = '', format, ...rest] = endpoint.backend.split(':')
  if (kind === 'demo') {
    return demoLanguageModel({ ...endpoint, format: pick(name, languageFormatNames, format) })
  }
  if (kind === 'demo-embedding') {
    return demoEmbeddingModel({ ...endpoint, format: pick(name, embeddingFormatNames, format) })
  }
  if (kind === 'demo-rerank') {
    return demoRerankModel({ ...endpoint, format: pick(name, rerankFormatNames, format) })
  }
  if (kind === 'demo-classification') {
    return demoClassificationModel({ ...endpoint, format: pick(name, classificationFormatNames, format) })
  }
  if (kind === 'replay' && format !== undefined) return createReplay([format, ...rest].join(':'))
  if (URL.canParse(endpoint.backend) && /^https?:/.test(endpoint.backend)) return createProxy(endpoint)
  throw new UsageError(
    `Endpoint ${name}: there is no backend "${endpoint.backend}", only demo, demo-embedding, demo-rerank and demo-classification, each with a format, replay with a file, and addresses.`,
  )
}

function createReplay(file: string): LocalEndpoint {
  try {
    return replay(readFileSync(file, 'utf8'))
  } catch (error) {
    throw new UsageError(`${file}: ${(error as Error).message}`)
  }
}

/** A URL that ends with a version, such as `/v1`, is an OpenAI-compatible server, any other a container. */
function createProxy({ backend, modelName, apiKey, task }: ConfiguredEndpoint): LocalEndpoint {
  return /\/v\d+\/?$/.test(backend)
    ? openaiProxy({ url: backend, model: modelName, apiKey, task })
    : containerProxy(backend)
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
