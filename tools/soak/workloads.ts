import { listEndpoints } from '@x/sagemaker-discovery'
import { SagemakerEmbedding } from '@x/sagemaker-embed'
import { SagemakerEndpoint } from '@x/sagemaker-endpoint'
import { createGateway } from '@x/sagemaker-gateway'
import { SagemakerLLM } from '@x/sagemaker-llm'
import { SagemakerClassifier, SagemakerReranker } from '@x/sagemaker-rerank'
import { asyncFaults, faults } from './faults.ts'

/** How one call of a workload is made. */
export interface CallSettings {
  /** Index of the fault that the server injects; `undefined` for none. */
  readonly fault: number | undefined
  /** Aborts a call that is left early. */
  readonly signal: AbortSignal
  /** Whether a stream is left after its first item. */
  readonly isLeft: boolean
}

/** Kinds of calls by name, and the end of everything that they use. */
export interface Workloads extends AsyncDisposable {
  readonly calls: Readonly<Record<string, (settings: CallSettings) => Promise<unknown>>>
}

async function read(items: AsyncIterable<unknown>, isLeft: boolean): Promise<void> {
  for await (const _ of items) if (isLeft) break
}

/** Reads the body of a response of the gateway, or cancels it after its first chunk. */
async function readBody({ body }: Response, isLeft: boolean): Promise<void> {
  const reader = body?.getReader()
  if (reader === undefined) return
  for (let part = await reader.read(); !part.done; part = await reader.read()) if (isLeft) return reader.cancel()
}

const prompt = 'The sea in a storm'
const messages = [{ role: 'user', content: prompt }] as const
const converse = { messages: [{ role: 'user' as const, content: [{ text: prompt }] }] }
const documents = Array.from({ length: 40 }, (_, index) => `A storm at sea, part ${index}.`)
const request = JSON.stringify({ inputs: prompt, parameters: { max_new_tokens: 12 } })
const streamRequest = JSON.stringify({ inputs: prompt, parameters: { max_new_tokens: 12 }, stream: true })

/** Calls of every kind of every package. */
export function createWorkloads(url: string): Workloads {
  // Short, so that silence and stalls end soon.
  const timeouts = { connectMs: 2000, firstByteMs: 400, idleMs: 300 }
  const retry = { maxAttempts: 2, baseDelayMs: 1, maxDelayMs: 5 }
  const of = (endpointName: string) => ({ endpointName, endpoint: url, timeouts, retry })
  const generation = { maxNewTokens: 12, seed: 7 }

  const endpoint = new SagemakerEndpoint(of('language'))
  const llm = new SagemakerLLM({ ...of('language'), ...generation })
  const embedding = new SagemakerEmbedding(of('embedding'))
  const reranker = new SagemakerReranker(of('reranker'))
  const classifier = new SagemakerClassifier(of('classifier'))
  const models = faults.map((_, index) => [`model-${index}`, { ...of(`openai-${index}`), retry: undefined }])
  const gateway = createGateway({ models: { model: of('openai'), ...Object.fromEntries(models) } })

  const options = ({ fault, signal }: CallSettings, names = faults) => ({
    signal,
    customAttributes: fault === undefined ? undefined : `local-faults=${names[fault % names.length]}`,
  })
  const ask = async ({ fault, signal, isLeft }: CallSettings, path: string, body: object) => {
    const model = fault === undefined ? 'model' : `model-${fault}`
    const headers = { 'content-type': 'application/json' }
    const init = { method: 'POST', headers, body: JSON.stringify({ model, max_tokens: 12, ...body }), signal }
    await readBody(await gateway.fetch(new Request(`http://gateway${path}`, init)), isLeft)
  }

  return {
    calls: {
      invoke: (settings) => endpoint.invoke(request, options(settings)),
      invokeStream: (settings) => read(endpoint.invokeStream(streamRequest, options(settings)), settings.isLeft),
      invokeAsync: (settings) =>
        endpoint.invokeAsync({ inputLocation: 's3://bucket/input.json' }, options(settings, asyncFaults)),
      complete: (settings) => llm.complete(prompt, options(settings)),
      streamComplete: (settings) => read(llm.streamComplete(prompt, options(settings)), settings.isLeft),
      chat: (settings) => llm.chat(messages, options(settings)),
      streamChat: (settings) => read(llm.streamChat(messages, options(settings)), settings.isLeft),
      streamParts: (settings) => read(llm.streamParts(messages, options(settings)), settings.isLeft),
      converse: (settings) => llm.converse(converse, options(settings)),
      converseStream: async (settings) =>
        read((await llm.converseStream(converse, options(settings))).stream, settings.isLeft),
      // A model object for each call: what it creates has to go with it.
      openaiPath: async ({ fault, signal, isLeft }) => {
        const name = fault === undefined ? 'openai' : `openai-${fault}`
        const onOpenAIPath = new SagemakerLLM({ ...of(name), ...generation, transport: 'openai' })
        try {
          await read(onOpenAIPath.streamChat(messages, { signal }), isLeft)
        } finally {
          onOpenAIPath.close()
        }
      },
      embed: (settings) => embedding.embed(documents, { ...options(settings), kind: 'text' }),
      embedStream: (settings) =>
        read(embedding.embedStream(documents, { ...options(settings), onError: 'skip' }), settings.isLeft),
      rerank: (settings) => reranker.rerank(prompt, documents, options(settings)),
      classify: (settings) => classifier.classify(documents, options(settings)),
      discover: ({ signal, isLeft }) => read(listEndpoints({ endpoint: url, signal }), isLeft),
      gatewayChat: (settings) => ask(settings, '/v1/chat/completions', { messages }),
      gatewayStream: (settings) => ask(settings, '/v1/chat/completions', { messages, stream: true }),
    },
    [Symbol.asyncDispose]: async () => {
      for (const model of [endpoint, llm, embedding, reranker, classifier]) model.close()
      await gateway.close({ drainMs: 0 })
    },
  }
}
