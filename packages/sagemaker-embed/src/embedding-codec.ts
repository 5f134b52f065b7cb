import type {
  CodecRequest,
  EmbeddingDtype,
  EmbeddingInput,
  EmbeddingKind,
  EmbeddingVector,
  ImageBytes,
  ImageUrl,
  ModelCodec,
} from '@x/bedrock-like-types'
import { type InvokeResult, SagemakerError } from '@x/sagemaker-endpoint'
import { codecName } from '@x/sagemaker-endpoint/model-kit'
import { type Ability, denseImages, denseTexts } from './calls/ability.ts'
import { defaultEmbedBatchSize, embeddingCallOf, instructionOf } from './calls/embedding-calls.ts'
import { textOf } from './calls/embed-inputs.ts'
import type { EmbeddingRequest } from './contract/embedding-content-handler.ts'
import type { EmbeddingOptions } from './contract/embedding-options.ts'
import { VectorCodec } from './formats/vector-codec.ts'
import { autoEmbedding } from './handlers/auto-embedding.ts'

/**
 * Options of `embeddingCodec()`: those of the embedding that decide what is sent, and what the vectors are for.
 *
 * @public
 */
export interface EmbeddingCodecOptions<D extends EmbeddingDtype = EmbeddingDtype> extends Omit<
  EmbeddingOptions,
  'cache' | 'callbacks' | 'telemetry' | 'concurrency' | 'maxBatchBytes'
> {
  /**
   * What the vectors are for.
   * @defaultValue `'text'`
   */
  readonly kind?: EmbeddingKind | undefined
  /**
   * Type of the elements.
   * @defaultValue `'float32'`
   */
  readonly dtype?: D | undefined
}

/**
 * Writes requests for inputs and reads the bodies of answers, without sending anything: for asynchronous inference, batch
 * transform and other senders. Requests and checks are those of `SagemakerEmbedding`.
 *
 * @throws {SagemakerError} `split` and `response` throw the container's own error if the body is one, and
 * `unexpected-response` if it is not certain which vector belongs to which input; `request` and `join` throw
 * `invalid-request` for an input or option that the format cannot express.
 *
 * @public
 */
export function embeddingCodec<D extends EmbeddingDtype = 'float32'>(
  options: EmbeddingCodecOptions<D> = {},
): ModelCodec<EmbeddingInput, EmbeddingVector<D>> {
  const { kind = 'text', dtype, contentHandler: handler = autoEmbedding() } = options
  const { embedBatchSize = defaultEmbedBatchSize } = options
  const call = embeddingCallOf(options, { kind, dimensions: undefined, dtype })
  const instruction = instructionOf(options, kind)
  const codecOf = <Input>({ format, check, copy }: Ability<Input, EmbeddingVector>) =>
    new VectorCodec<Input, EmbeddingVector>({ endpointName: '', formatName: handler.name, format, call, check, copy })

  const requestFor = (inputs: readonly EmbeddingInput[]): EmbeddingRequest => {
    const images = imagesIn(inputs)
    if (images !== undefined) return codecOf(denseImages(handler, call)).request(images)
    return codecOf(denseTexts(handler, call)).request(inputs.map((input, index) => instruction + textOf(input, index)))
  }
  const outcomes = (body: Uint8Array, inputs: readonly EmbeddingInput[], contentType: string | undefined) => {
    const codec =
      imagesIn(inputs) === undefined ? codecOf(denseTexts(handler, call)) : codecOf(denseImages(handler, call))
    const response = { body, metadata: { contentType, attempts: 1, timings: {} } } as unknown as InvokeResult
    return codec.read(response, inputs as never, { body: new Uint8Array() }).outcomes
  }
  return {
    name: codecName('embedding', handler.name, { ...call, instruction }),
    request: async (input) => withoutWarnings(requestFor([input])),
    response: async (body, input, contentType) => {
      const [outcome] = outcomes(body, [input], contentType)
      if (outcome?.error !== undefined) throw outcome.error
      return outcome?.result as EmbeddingVector<D>
    },
    batch: {
      maxItems: Math.min(embedBatchSize, handler.limits.maxTexts ?? embedBatchSize),
      join: async (inputs) => withoutWarnings(requestFor(inputs)),
      split: async (body, inputs, contentType) =>
        outcomes(body, inputs, contentType).map(({ result, error }) => error ?? (result as EmbeddingVector<D>)),
    },
  }
}

/**
 * The images of a request; `undefined` if it is one of texts.
 *
 * @throws {SagemakerError} `invalid-request` if it has texts and images: they go to the container in different ways.
 */
function imagesIn(inputs: readonly EmbeddingInput[]): (ImageBytes | ImageUrl)[] | undefined {
  const images = inputs.map((input) => (typeof input === 'object' ? input.image : undefined))
  const given = images.filter((image) => image !== undefined)
  if (given.length === 0) return undefined
  if (given.length === images.length) return given
  throw new SagemakerError('invalid-request', 'a request has either texts or images: send them apart.', {
    index: images.indexOf(undefined),
  })
}

function withoutWarnings(request: EmbeddingRequest): CodecRequest {
  return { ...request, warnings: [] }
}
