import type { ModelPart } from '@x/bedrock-like-types'
import type { Decoder } from '@x/stream-core/decoders'
import type { PartDecoder } from '../parts/part-decoder.ts'
import type { SpinePart } from '../parts/spine-part.ts'

/** What decodes the bytes of an answer to its parts, for callers that pass bytes on. */
export type AnswerDecoder = Required<
  Pick<Decoder<Uint8Array, ModelPart>, 'isDone' | 'start' | 'pushEach' | 'flushEach' | 'fail'>
>

/** Decodes the bytes of an answer to parts as a caller sees them. */
export function answerDecoder(decoder: PartDecoder, includeRaw: boolean): AnswerDecoder {
  const view = new ModelParts(includeRaw)
  const each =
    (emit: (part: ModelPart) => void): ((part: SpinePart) => void) =>
    (part) =>
      view.push(part).forEach(emit)
  return {
    get isDone() {
      return decoder.isDone
    },
    start: () => decoder.start().flatMap((part) => view.push(part)),
    pushEach: (chunk, emit) => decoder.pushEach(chunk, each(emit)),
    flushEach: (emit) => decoder.flushEach(each(emit)),
    fail: (error) => decoder.fail(error),
  }
}

/** The parts of an answer as a caller sees them: the values of the wire only on request. */
export class ModelParts implements Decoder<SpinePart, ModelPart> {
  readonly #includeRaw: boolean

  constructor(includeRaw: boolean) {
    this.#includeRaw = includeRaw
  }

  push(part: SpinePart): readonly ModelPart[] {
    return part.type === 'other' || (part.type === 'raw' && !this.#includeRaw) ? [] : [part]
  }

  flush(): readonly ModelPart[] {
    return []
  }
}
