import type { ModelCodec } from '@x/bedrock-like-types'
import { SagemakerError } from '@x/sagemaker-endpoint'
import { codecName } from '@x/sagemaker-endpoint/model-kit'
import type { RerankInput, RerankModelOptions, RerankOutput } from './contract/model-options.ts'
import { autoRerank } from './handlers/auto-rerank.ts'
import { checkRanking, rankingOf, rerankItems } from './ranking/ranking.ts'
import { ScoreCodec } from './ranking/score-codec.ts'

/**
 * Creates a codec of rankings, for jobs and other callers that send requests themselves: one request for all documents of a query.
 * `autoRerank()` writes a request that TEI, DJL, vLLM and Cohere understand and reads any answer; for other containers name the handler.
 *
 * @public
 */
export function rerankCodec({
  contentHandler,
  modelName,
  additionalParameters,
}: Pick<RerankModelOptions, 'contentHandler' | 'modelName' | 'additionalParameters'> = {}): ModelCodec<
  RerankInput,
  RerankOutput
> {
  const codecOf = (input: RerankInput): ScoreCodec => {
    checkRanking(input.query, input.documents, input)
    if (input.documents.length === 0) throw new SagemakerError('invalid-request', 'there are no documents.')
    const parameters = { ...additionalParameters, ...input.additionalParameters }
    const call = { query: input.query, topN: input.topN, modelName, additionalParameters: parameters }
    // A new handler for each use: `autoRerank()` remembers answers, and a codec must not.
    const handler = contentHandler ?? autoRerank()
    return new ScoreCodec(handler, call, modelName ?? handler.name, input.documents.length)
  }
  return {
    name: codecName('rerank', contentHandler?.name ?? 'auto', { modelName, additionalParameters }),
    request: async (input) => codecOf(input).request(rerankItems(input.documents)),
    response: async (body, input, contentType) => {
      const codec = codecOf(input)
      const items = rerankItems(input.documents)
      const { body: request } = codec.request(items)
      const metadata = { contentType, attempts: 0, timings: {} }
      const { outcomes, tokens } = codec.read({ body, metadata }, items, { body: request })
      const scores = outcomes.map(({ result, error }, index) => {
        if (error !== undefined) throw error.with({ index })
        return result ?? null
      })
      const { scoreKind, raw } = codec
      return { ranking: rankingOf(input.documents, scores, input), scoreKind, tokens, raw }
    },
  }
}
