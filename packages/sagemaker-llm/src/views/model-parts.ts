import type { ModelPart } from '@x/bedrock-like-types'
import type { Decoder } from '@x/stream-core/decoders'
import type { SpinePart } from '../parts/spine-part.ts'

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
