import type { EmbeddingInput, EmbeddingVector, ModelCodec } from '@x/bedrock-like-types'
import { isJsonObject } from '@x/sagemaker-endpoint/model-kit'
import { SagemakerError } from '@x/sagemaker-endpoint'
import type { JobRow, JobRows } from '../contract/job-row.ts'
import { fileRows, InvalidRow } from '../rows/file-lines.ts'
import { openaiEmbeddings } from './openai-embeddings.ts'

/** Codecs for the requests of an OpenAI batch file. Rows of a kind without a codec fail. */
export interface OpenAIBatchCodecs {
  /** For `/v1/chat/completions`: `languageModelCodec({ input: 'openai' })`. */
  readonly chat?: ModelCodec<object, object> | undefined
  /** For `/v1/completions`: `languageModelCodec({ input: 'openai' })`. */
  readonly completions?: ModelCodec<object, object> | undefined
  /** For `/v1/embeddings`: `embeddingCodec()`. */
  readonly embeddings?: ModelCodec<EmbeddingInput, EmbeddingVector> | undefined
}

/** A request of an OpenAI batch file. */
export interface OpenAIBatchRequest {
  /** Path of the API, such as `/v1/chat/completions`. */
  readonly url: string
  /** Body of the request. */
  readonly body: object
}

/** The options of a job for an OpenAI batch file. */
export interface OpenAIBatch {
  /** The requests of the file, by `custom_id`. */
  readonly rows: JobRows<OpenAIBatchRequest>
  /** Writes requests for the container, and reads its answers as those of OpenAI. */
  readonly codec: ModelCodec<OpenAIBatchRequest, object>
}

const kinds = {
  '/v1/chat/completions': 'chat',
  '/v1/completions': 'completions',
  '/v1/embeddings': 'embeddings',
} as const satisfies Record<string, keyof OpenAIBatchCodecs>

/**
 * Reads a file in the format of OpenAI's Batch API (https://platform.openai.com/docs/guides/batch): one request per line, with
 * `custom_id`, `method`, `url` and `body`. Whatever the format of the container, answers are in OpenAI's. `openaiBatchLine` writes them.
 *
 * @param file - path of the file
 * @throws {SagemakerError} `invalid-request` if no codec is given. Lines that are no requests, and requests without a codec, fail by
 * themselves with `invalid-row`.
 */
export function openaiBatch(file: string, codecs: OpenAIBatchCodecs): OpenAIBatch {
  const { chat, completions, embeddings } = codecs
  const byKind = { chat, completions, embeddings: embeddings && openaiEmbeddings(embeddings) }
  const given = Object.entries(byKind).flatMap(([kind, codec]) => (codec === undefined ? [] : `${kind}=${codec.name}`))
  if (given.length === 0)
    throw new SagemakerError('invalid-request', 'an OpenAI batch needs a codec: chat, completions or embeddings.')
  const codecOf = ({ url }: OpenAIBatchRequest): ModelCodec<object, object> => {
    const codec = isKnown(url) ? byKind[kinds[url]] : undefined
    if (codec === undefined) throw new SagemakerError('invalid-request', `there is no codec for ${url}.`)
    return codec
  }
  return {
    rows: fileRows(file, (value) => readRow(value, byKind)),
    codec: {
      name: `openai-batch:${given.join(',')}`,
      request: async (input) => codecOf(input).request(input.body),
      response: async (body, input, contentType) => codecOf(input).response(body, input.body, contentType),
    },
  }
}

function isKnown(url: string): url is keyof typeof kinds {
  return Object.hasOwn(kinds, url)
}

function readRow(
  value: unknown,
  codecs: Readonly<Record<keyof OpenAIBatchCodecs, unknown>>,
): JobRow<OpenAIBatchRequest> {
  if (!isJsonObject(value)) throw new InvalidRow('is no object')
  const { custom_id: id, method = 'POST', url, body } = value
  if (typeof id !== 'string' || id === '') throw new InvalidRow('has no custom_id')
  if (method !== 'POST') throw new InvalidRow('has a method other than POST', id)
  if (typeof url !== 'string') throw new InvalidRow('has no url', id)
  if (!isKnown(url)) throw new InvalidRow(`has a url other than ${Object.keys(kinds).join(', ')}`, id)
  if (codecs[kinds[url]] === undefined) throw new InvalidRow(`is for ${url}: pass a codec as ${kinds[url]}`, id)
  if (!isJsonObject(body)) throw new InvalidRow('has no body', id)
  return { id, input: { url, body } }
}
