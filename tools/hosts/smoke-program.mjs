// One call of each kind, against the local runtime whose URL is the argument. The same program runs on every host, so it is plain
// JavaScript, and prints one line per call.
import { collect, SagemakerLLM } from '@x/sagemaker-llm'
import { SagemakerEmbedding, similarity } from '@x/sagemaker-embed'
import { listEndpoints } from '@x/sagemaker-discovery'
import { SagemakerEndpoint } from '@x/sagemaker-endpoint'
import { SagemakerClassifier, SagemakerReranker } from '@x/sagemaker-rerank'

const endpoint = process.argv[2]
const of = (endpointName, options) => ({ endpointName, endpoint, ...options })
const print = (name, ...facts) => console.log(`${name}: ${facts.join(' ')}`)

const raw = new SagemakerEndpoint(of('my-llama'))
const request = { inputs: 'The sea', parameters: { max_new_tokens: 3 } }
const { body, metadata } = await raw.invoke(JSON.stringify(request))
print('invoke', metadata.statusCode, JSON.parse(new TextDecoder().decode(body))[0].generated_text.length > 0)
let bytes = 0
for await (const part of raw.invokeStream(JSON.stringify({ ...request, stream: true }))) {
  bytes += part.length
}
print('invokeStream', bytes > 0)
const inputLocation = 's3://bucket/input.json'
await fetch(`${endpoint}/s3/bucket/input.json`, { method: 'PUT', body: '{"inputs":"The sea"}' })
print('invokeAsync', (await raw.invokeAsync({ inputLocation })).outputLocation.startsWith('s3://'))

const messages = [{ role: 'user', content: 'Tell me about the sea.' }]
const llm = new SagemakerLLM(of('my-llama', { maxNewTokens: 6, seed: 7 }))
const { text } = await llm.complete('The sea')
print('complete', text.length > 0)
print('streamComplete', (await collect(llm.streamComplete('The sea'))).text === text)
const { message } = await llm.chat(messages)
print('chat', message.role)
let deltas = ''
for await (const chunk of llm.streamChat(messages)) deltas += chunk.delta ?? ''
print('streamChat', deltas.length > 0)
const { stream } = await llm.converseStream({ messages: [{ role: 'user', content: [{ text: 'Hello' }] }] })
let last
for await (const event of stream) [last] = Object.keys(event)
print('converseStream', last)
const onOpenAIPath = new SagemakerLLM(of('my-openai', { transport: 'openai', maxNewTokens: 6, seed: 7 }))
print('openai', (await collect(onOpenAIPath.streamChat(messages))).text.length > 0)

const left = llm.streamChat(messages)
for await (const chunk of left) {
  if (chunk) break
}
const reason = new Error('enough')
const aborted = await llm.complete('The sea', { signal: AbortSignal.abort(reason) }).catch((error) => error)
print('abort', aborted.code, aborted.cause === reason)
const late = await llm.complete('The sea', { timeouts: { totalMs: 1 } }).catch((error) => error)
print('timeout', late.code)
const missing = await new SagemakerLLM(of('none')).complete('The sea').catch((error) => error)
print('error', missing.code, missing.statusCode)
const broken = await collect(new SagemakerLLM(of('my-broken')).streamChat(messages)).catch((error) => error)
print('broken stream', broken.code, broken.partial.bytesReceived > 0)

const embedding = new SagemakerEmbedding(of('my-bge'))
const [storm, gale] = await embedding.getTextEmbeddings(['a storm at sea', 'a storm on the sea'])
print('embed', storm instanceof Float32Array, similarity(storm, gale) > 0.5)
let rows = 0
for await (const row of embedding.embedStream(['a', 'b', 'c'])) rows += row.embedding.length > 0 ? 1 : 0
print('embedStream', rows)

const reranker = new SagemakerReranker(of('my-reranker'))
const { ranking } = await reranker.rerank('fog in the harbour', ['Bread rises.', 'Fog lies over the harbour.'])
print('rerank', ranking.map(({ index }) => index).join())
const classifier = new SagemakerClassifier(of('my-classifier'))
print('classify', (await classifier.classify(['What a good day!']))[0].label)

const names = []
for await (const { name } of listEndpoints({ endpoint })) names.push(name)
print('discover', names.includes('my-llama'))

for (const model of [raw, llm, onOpenAIPath, embedding, reranker, classifier]) model.close()
