import { SagemakerClassifier, SagemakerReranker } from '@x/sagemaker-rerank'

const reranker = new SagemakerReranker({ endpointName: 'my-reranker', region: 'us-east-1' })
const documents = ['Ships wait in fog.', 'Bread rises in a warm kitchen.', 'Fog lies over the harbour.']
const { ranking, scoreKind } = await reranker.rerank('fog in the harbour', documents, { topN: 2 })
console.log(ranking.map(({ index }) => index).join(), scoreKind)

const classifier = new SagemakerClassifier({ endpointName: 'my-classifier', region: 'us-east-1' })
const [first] = await classifier.classify(['What a good day!'])
console.log(first?.label, first?.scores.length)
