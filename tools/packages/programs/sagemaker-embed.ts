import { SagemakerEmbedding, topK } from '@x/sagemaker-embed'

const embedding = new SagemakerEmbedding({ endpointName: 'my-bge', region: 'us-east-1' })
const texts = ['The harbour lies in fog.', 'Bread rises in a warm kitchen.', 'Ships wait outside the harbour.']
const vectors = await embedding.getTextEmbeddings(texts)
const [nearest] = topK(await embedding.getQueryEmbedding('ships in the harbour'), vectors, 1)
console.log(vectors.length, nearest?.index)

const indices: number[] = []
for await (const item of embedding.embedStream(texts)) indices.push(item.index)
console.log(indices.join())
