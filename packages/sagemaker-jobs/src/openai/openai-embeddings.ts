import type { CodecRequest, EmbeddingInput, EmbeddingVector, ModelCodec } from '@x/bedrock-like-types'
import { SagemakerError } from '@x/sagemaker-endpoint'

/** A codec of bodies of OpenAI's embeddings, from one of texts. */
export function openaiEmbeddings(codec: ModelCodec<EmbeddingInput, EmbeddingVector>): ModelCodec<object, object> {
  return {
    name: codec.name,
    request: async (body) => requestFor(codec, textsOf(body, codec.batch?.maxItems ?? 1)),
    response: async (bytes, body, contentType) => {
      const texts = textsOf(body, codec.batch?.maxItems ?? 1)
      const { model, encoding_format: format } = body as Readonly<Record<string, unknown>>
      const vectors = await vectorsOf(codec, bytes, texts, contentType)
      const data = vectors.map((vector, index) => ({
        object: 'embedding',
        index,
        embedding: format === 'base64' ? base64Of(vector) : Array.from(vector),
      }))
      // Without `usage`, which containers for embeddings do not report.
      return { object: 'list', data, ...(typeof model === 'string' && { model }) }
    },
  }
}

function requestFor(
  codec: ModelCodec<EmbeddingInput, EmbeddingVector>,
  texts: readonly string[],
): Promise<CodecRequest> {
  const [first = ''] = texts
  return texts.length === 1 || codec.batch === undefined ? codec.request(first) : codec.batch.join(texts)
}

async function vectorsOf(
  codec: ModelCodec<EmbeddingInput, EmbeddingVector>,
  bytes: Uint8Array,
  texts: readonly string[],
  contentType: string | undefined,
): Promise<readonly EmbeddingVector[]> {
  const [first = ''] = texts
  if (texts.length === 1 || codec.batch === undefined) return [await codec.response(bytes, first, contentType)]
  const outcomes = await codec.batch.split(bytes, texts, contentType)
  return outcomes.map((outcome) => {
    if (outcome instanceof Error) throw outcome
    return outcome
  })
}

function textsOf(body: object, maxTexts: number): readonly string[] {
  const { input, dimensions } = body as Readonly<Record<string, unknown>>
  const texts = Array.isArray(input) ? (input as readonly unknown[]) : [input]
  if (texts.length === 0 || !texts.every((text) => typeof text === 'string'))
    throw invalid('input', 'must be a text or a list of texts; tokens are not understood')
  if (texts.length > maxTexts)
    throw invalid('input', `has ${texts.length} texts, at most ${maxTexts} go into a request`)
  if (dimensions !== undefined && dimensions !== null)
    throw invalid('dimensions', 'is decided by the codec: embeddingCodec({ dimensions })')
  return texts
}

function invalid(path: string, problem: string): SagemakerError {
  return new SagemakerError('invalid-request', `${path} ${problem}.`, { path })
}

function base64Of(vector: EmbeddingVector): string {
  const floats = Float32Array.from(vector)
  return Buffer.from(floats.buffer).toString('base64')
}
