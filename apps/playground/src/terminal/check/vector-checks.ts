import { similarity } from '@x/sagemaker-embed'
import { suggestedClassifier, suggestedEmbeddingModel, suggestedReranker } from '../doctor/suggested-model.ts'
import { count } from './answer-checks.ts'
import { fail, pass, warn, type Finding } from './finding.ts'
import type { KnownSubject } from './subject.ts'

const texts = ['The harbour lies in fog. 港は霧の中。', 'Bread is baked before dawn.'] as const

/** Makes a short call and judges the answer: vectors, a ranking or labels. */
export async function checkScores(subject: KnownSubject): Promise<Finding> {
  switch (subject.suggestion.call) {
    case 'embedSparse':
      return checkSparse(subject)
    case 'embedMultiVector':
      return checkMultiVectors(subject)
    case 'rerank':
      return checkRanking(subject)
    case 'classify':
      return checkLabels(subject)
    default:
      return checkVectors(subject)
  }
}

/** Two texts in one request have to get the vectors that they get alone. */
async function checkVectors(subject: KnownSubject): Promise<Finding> {
  const embedding = await suggestedEmbeddingModel(subject)
  const { signal } = subject
  const together = await embedding.getTextEmbeddings([...texts], { signal })
  const alone = await embedding.getTextEmbedding(texts[1], { signal })
  const [first, second] = together
  if (first === undefined || second === undefined || together.length !== 2)
    return fail(`Two texts got ${count(together.length, 'vector')}.`)
  if (first.length !== second.length || alone.length !== second.length)
    return fail(`Vectors have different lengths: ${[first, second, alone].map(({ length }) => length).join(', ')}.`)
  const isSwapped = similarity(first, alone) > similarity(second, alone)
  if (isSwapped) return fail('The vector of the second text alone is that of the first text in a batch.')
  if (similarity(second, alone) < 0.99)
    return warn(`A text alone and in a batch gets other vectors (cosine ${similarity(second, alone).toFixed(3)}).`)
  return pass(`${second.length} numbers; the same alone and in a batch`)
}

async function checkSparse(subject: KnownSubject): Promise<Finding> {
  const embedding = await suggestedEmbeddingModel(subject)
  const vectors = await embedding.getSparseEmbeddings([...texts], { signal: subject.signal })
  if (vectors.length !== 2) return fail(`Two texts got ${count(vectors.length, 'vector')}.`)
  return pass(`sparse vectors of ${vectors.map(({ indices }) => indices.length).join(' and ')} elements`)
}

async function checkMultiVectors(subject: KnownSubject): Promise<Finding> {
  const embedding = await suggestedEmbeddingModel(subject)
  const answers = await embedding.getMultiVectorEmbeddings([...texts], {
    signal: subject.signal,
  })
  const [first] = answers
  if (answers.length !== 2 || first === undefined)
    return fail(`Two texts got ${count(answers.length, 'list')} of vectors.`)
  return pass(`${count(first.length, 'vector')} for the first text, of ${first[0]?.length ?? 0} numbers`)
}

/** The order of the documents must not change their scores. */
async function checkRanking(subject: KnownSubject): Promise<Finding> {
  const reranker = await suggestedReranker(subject)
  const { signal } = subject
  const scoresOf = async (documents: readonly string[]): Promise<ReadonlyMap<string, number>> => {
    const { ranking } = await reranker.rerank('ships', [...documents], { signal })
    return new Map(ranking.map(({ index, score }) => [documents[index] ?? '', score]))
  }
  const scores = await scoresOf(texts)
  const reversed = await scoresOf(texts.toReversed())
  const words = texts.map((text) => scores.get(text)?.toPrecision(3) ?? 'none').join(' and ')
  const isStable = texts.every((text) => Math.abs((scores.get(text) ?? NaN) - (reversed.get(text) ?? NaN)) < 0.05)
  return isStable
    ? pass(`scores ${words}`)
    : fail(`Scores belong to other documents when their order changes: ${words}.`)
}

async function checkLabels(subject: KnownSubject): Promise<Finding> {
  const labels = await (await suggestedClassifier(subject)).classify([...texts], { signal: subject.signal })
  if (labels.length !== 2) return fail(`Two texts got ${count(labels.length, 'label')}.`)
  return pass(labels.map(({ label, score }) => `${label} ${score.toPrecision(3)}`).join(', '))
}
