import type { ClassifyRequest, RerankRequest, ScoringRequest } from '../protocol/scoring-request.ts'
import type { CodeSample } from './code-sample.ts'
import { connectionNote, routingOptions } from './connection-options.ts'
import { modelObjectCode } from './model-object-code.ts'
import type { RecordedCall } from './recorded-call.ts'
import { typescriptLiteral } from './typescript-literal.ts'

/** A call of a reranker or a classifier with the package for them: the arguments that the page's own call was made with. */
export function scoringCode(call: RecordedCall, request: ScoringRequest): CodeSample {
  const { handler, modelName, additionalParameters } = request.endpoint
  const isRerank = request.mode === 'rerank'
  const variable = isRerank ? 'reranker' : 'classifier'
  return modelObjectCode(call, {
    package: '@x/sagemaker-rerank',
    className: isRerank ? 'SagemakerReranker' : 'SagemakerClassifier',
    variable,
    handler: handler === undefined ? undefined : `${handler}${isRerank ? 'Rerank' : 'Classification'}`,
    routing: routingOptions(request.endpoint),
    options: { modelName, additionalParameters },
    lines: [...(isRerank ? rerankLines(request) : classifyLines(request)), `${variable}.close()`],
    notes: [
      isRerank
        ? 'Every score belongs to its document, whatever order the container answers in. More documents than the container takes at once are sent in several requests.'
        : 'There is one result per text, in the order of the texts. More texts than the container takes at once are sent in several requests.',
      connectionNote(call),
    ],
  })
}

function rerankLines({ query, documents, topN }: RerankRequest): string[] {
  const start = 'const { ranking } = await reranker.rerank('
  return [
    `const documents = ${typescriptLiteral(documents, '', 'const documents = '.length)}`,
    `${start}${typescriptLiteral(query)}, documents${topN === undefined ? '' : `, { topN: ${topN} }`})`,
    'for (const { score, document } of ranking) console.log(score, document)',
  ]
}

function classifyLines({ texts, labels, multiLabel }: ClassifyRequest): string[] {
  const options =
    labels === undefined && multiLabel === undefined ? '' : `, ${typescriptLiteral({ labels, multiLabel })}`
  return [
    `const texts = ${typescriptLiteral(texts, '', 'const texts = '.length)}`,
    `const results = await classifier.classify(texts${options})`,
    'for (const { label, score } of results) console.log(label, score)',
  ]
}
