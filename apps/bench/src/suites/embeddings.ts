import type { InvokeResult, SagemakerEndpoint } from '@x/sagemaker-endpoint'
import { openaiEmbedding, SagemakerEmbedding, tei, type EmbeddingContentHandler } from '@x/sagemaker-embed'
import type { Suite } from '../suite.ts'
import { base64Answer, numbersAnswer } from '../workloads/embedding-answers.ts'

const floor = 'JSON.parse alone, of text'
const copied = 'JSON.parse and new Float32Array'
const ours = 'SagemakerEmbedding'
const oursBase64 = 'SagemakerEmbedding, base64'

/** From an answer's bytes to checked vectors, without a network. */
export function embeddingSuites(): Suite[] {
  return [
    answerSuite('shortest text of single-precision numbers (TEI)', numbersAnswer('single')),
    answerSuite('text of double-precision numbers (vLLM)', numbersAnswer('double')),
  ]
}

/** One answer of 1,000 vectors of 1,024 numbers each. */
function answerSuite(what: string, numbers: Uint8Array): Suite {
  const rows = 1000
  const texts = Array.from({ length: rows }, (_, index) => `text ${index}`)
  const decoder = new TextDecoder()
  const text = decoder.decode(numbers)
  const base64 = base64Answer(numbers)
  const firsts = (vectors: readonly ArrayLike<number>[]): number =>
    vectors.reduce((sum, vector) => sum + Math.fround(vector[1023] ?? Number.NaN), 0)
  const parse = (json: string): number[][] => JSON.parse(json) as number[][]
  const embed = async (handler: EmbeddingContentHandler, answer: Uint8Array): Promise<number> => {
    const embedding = new SagemakerEmbedding({
      endpoint: answering(answer),
      contentHandler: { ...handler, limits: {} },
      embedBatchSize: rows,
    })
    return firsts(await embedding.getTextEmbeddings(texts))
  }
  return {
    name: `Answer of 1,000 x 1,024 numbers: ${what}`,
    item: 'answer',
    items: 1,
    contenders: [
      { name: floor, run: () => firsts(parse(text)) },
      { name: ours, run: () => embed(tei(), numbers) },
      { name: oursBase64, run: () => embed(openaiEmbedding(), base64) },
      { name: copied, run: () => firsts(parse(decoder.decode(numbers)).map((row) => new Float32Array(row))) },
    ],
    goals: [{ slower: ours, faster: floor, atMost: 1.15 }],
  }
}

/** An endpoint that has its answer at hand. */
function answering(body: Uint8Array): SagemakerEndpoint {
  const result: InvokeResult = {
    body,
    metadata: {
      requestId: undefined,
      statusCode: 200,
      contentType: 'application/json',
      invokedProductionVariant: undefined,
      customAttributes: undefined,
      newSessionId: undefined,
      attempts: 1,
      timings: { queuedMs: 0, headersMs: 0, firstByteMs: 0, durationMs: 0 },
    },
  }
  const endpoint: Pick<SagemakerEndpoint, 'endpointName' | 'invoke'> = {
    endpointName: 'at-hand',
    invoke: () => Promise.resolve(result),
  }
  return endpoint as SagemakerEndpoint
}
