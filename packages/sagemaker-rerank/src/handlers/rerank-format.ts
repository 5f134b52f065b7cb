import type { CodecRequest, RerankScoreKind } from '@x/bedrock-like-types'
import type { RerankCall, RerankContentHandler, RerankLimits } from '../contract/rerank-content-handler.ts'
import { readScores } from '../formats/read-scores.ts'

/**
 * Options of every format of rerankers.
 *
 * @public
 */
export interface RerankFormatOptions {
  /**
   * Whether the model compares the documents with each other, as jina-reranker-v3 and language models do. Its documents are sent in
   * one request or not at all.
   * @defaultValue `false`: the score of a document depends on the query and that document only
   */
  readonly listwise?: boolean | undefined
}

/** What a format adds to what all formats of rerankers have in common. */
export interface RerankFormat {
  readonly name: string
  readonly limits?: RerankLimits | undefined
  /** What the scores are, unless they say otherwise. */
  readonly scoreKind: RerankScoreKind
  /** The parameter that makes the scores logits, with the value that does. */
  readonly logitsWith?: readonly [parameter: string, value: unknown]
  readonly request: (call: RerankCall) => CodecRequest
}

/** A content handler of a format. Answers are read in any known shape: a container may be of a newer version. */
export function rerankHandler(format: RerankFormat, { listwise = false }: RerankFormatOptions): RerankContentHandler {
  const { name, limits = {}, request } = format
  return {
    name,
    limits,
    splittable: !listwise,
    request,
    answer: (body, call) => readScores(body, call, () => scoreKindOf(format, call)),
  }
}

function scoreKindOf({ scoreKind, logitsWith }: RerankFormat, { additionalParameters }: RerankCall): RerankScoreKind {
  const [parameter = '', value] = logitsWith ?? []
  return logitsWith !== undefined && additionalParameters?.[parameter] === value ? 'logit' : scoreKind
}
