import { SagemakerEmbedding, teiEmbedding } from '@x/sagemaker-embed'
import { numbersAnswer } from './embedding-answers.ts'
import { endpointAtHand } from './endpoint-at-hand.ts'
import { memoryInUse } from './memory-in-use.ts'

// node --expose-gc keep-vectors.ts <reader>: prints how many bytes the 1,000 vectors of an answer hold.
const rows = 1000
const answer = numbersAnswer('single')
const texts = Array.from({ length: rows }, (_, index) => `text ${index}`)

const readers: Readonly<Record<string, () => Promise<readonly unknown[]>>> = {
  SagemakerEmbedding: () =>
    new SagemakerEmbedding({
      endpoint: endpointAtHand(answer),
      contentHandler: { ...teiEmbedding(), limits: {} },
      embedBatchSize: rows,
    }).getTextEmbeddings(texts),
  'JSON.parse': async () => JSON.parse(new TextDecoder().decode(answer)) as number[][],
}

const read = readers[process.argv[2] ?? '']
if (read === undefined) throw new Error(`There is no reader ${JSON.stringify(process.argv[2])}`)
// The first answer loads and compiles what the second one needs.
await bytesKeptBy(read)
console.log(await bytesKeptBy(read))

/** In its own function, so that no vector stays in a register of the caller. */
async function bytesKeptBy(run: () => Promise<readonly unknown[]>): Promise<number> {
  const before = await memoryInUse()
  const vectors = await run()
  const kept = (await memoryInUse()) - before
  if (vectors.length !== rows) throw new Error('A vector is missing')
  return kept
}
