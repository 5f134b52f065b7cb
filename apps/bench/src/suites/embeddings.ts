import { openaiEmbedding, SagemakerEmbedding, teiEmbedding, type EmbeddingContentHandler } from '@x/sagemaker-embed'
import type { TimedSuite } from '../suite.ts'
import { base64Answer, numbersAnswer } from '../workloads/embedding-answers.ts'
import { endpointAtHand } from '../workloads/endpoint-at-hand.ts'

const floor = 'JSON.parse alone, of text'
const ours = 'SagemakerEmbedding'

/** From an answer's bytes to checked vectors, without a network. */
export function* embeddingSuites(): Iterable<TimedSuite> {
  yield answerSuite('shortest text of single-precision numbers (TEI)', numbersAnswer('single'))
  yield answerSuite('text of double-precision numbers (vLLM)', numbersAnswer('double'))
}

/** One answer of 1,000 vectors of 1,024 numbers each. */
function answerSuite(what: string, numbers: Uint8Array): TimedSuite {
  const rows = 1000
  const texts = Array.from({ length: rows }, (_, index) => `text ${index}`)
  const decoder = new TextDecoder()
  const text = decoder.decode(numbers)
  const base64 = base64Answer(numbers)
  const lastNumbers = (vectors: readonly ArrayLike<number>[]): number =>
    vectors.reduce((sum, vector) => sum + Math.fround(vector[1023] ?? Number.NaN), 0)
  const parse = (json: string): number[][] => JSON.parse(json) as number[][]
  const embed = async (handler: EmbeddingContentHandler, answer: Uint8Array): Promise<number> => {
    const embedding = new SagemakerEmbedding({
      endpoint: endpointAtHand(answer),
      contentHandler: { ...handler, limits: {} },
      embedBatchSize: rows,
    })
    return lastNumbers(await embedding.getTextEmbeddings(texts))
  }
  return {
    kind: 'timed',
    name: `Answer of 1,000 x 1,024 numbers: ${what}`,
    item: 'answer',
    items: 1,
    contenders: [
      { name: ours, role: 'ours', run: () => embed(teiEmbedding(), numbers) },
      { name: `${ours}, base64`, role: 'ours', run: () => embed(openaiEmbedding(), base64) },
      {
        name: 'JSON.parse and new Float32Array',
        role: 'peer',
        run: () => lastNumbers(parse(decoder.decode(numbers)).map((row) => new Float32Array(row))),
      },
      { name: floor, role: 'floor', run: () => lastNumbers(parse(text)) },
    ],
    goals: [{ kind: 'ratio', of: ours, over: floor, atMost: 1.15 }],
  }
}
