import type { ClassifyRequest, RerankRequest, ScoringRequest } from '../protocol/scoring-request.ts'
import type { CodeSample } from './code-sample.ts'
import { connectionNote, connectionOptions, routingOptions, withContentHandler } from './connection-options.ts'
import type { RecordedCall } from './recorded-call.ts'
import { typescriptLiteral } from './typescript-literal.ts'

/** A call of a reranker or a classifier with the package for them: the arguments that the page's own call was made with. */
export function scoringCode(call: RecordedCall, request: ScoringRequest): CodeSample {
  const { handler, modelName, additionalParameters } = request.endpoint
  const isRerank = request.mode === 'rerank'
  const [className, variable] = isRerank
    ? (['SagemakerReranker', 'reranker'] as const)
    : (['SagemakerClassifier', 'classifier'] as const)
  const factory = handler === undefined ? undefined : `${handler}${isRerank ? 'Rerank' : 'Classification'}`
  const options = {
    endpointName: request.endpoint.name,
    ...connectionOptions(call),
    ...routingOptions(request.endpoint),
    clientOptions: call.profile === undefined ? undefined : { profile: call.profile },
    modelName,
    additionalParameters,
  }
  const start = `const ${variable} = new ${className}(`
  const code = [
    `import { ${factory === undefined ? className : `${className}, ${factory}`} } from '@x/sagemaker-rerank'`,
    '',
    `${start}${withContentHandler(typescriptLiteral(options, '', start.length + 1), factory)})`,
    '',
    ...(isRerank ? rerankLines(request) : classifyLines(request)),
    `${variable}.close()`,
    '',
  ].join('\n')
  return {
    id: 'packages',
    title: 'TypeScript',
    language: 'typescript',
    code,
    notes: [
      'Install @x/sagemaker-rerank, @aws-sdk/client-sagemaker-runtime and rxjs.',
      isRerank
        ? 'Every score belongs to its document, whatever order the container answers in. More documents than the container takes at once are sent in several requests.'
        : 'There is one result per text, in the order of the texts. More texts than the container takes at once are sent in several requests.',
      connectionNote(call),
    ],
  }
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
