/** A sentence of the training text. */
export interface Sentence {
  readonly text: string
  /** What the n-gram model sees of it. */
  readonly ids: readonly number[]
}

/** Finds the sentences that are about the same thing as a text. */
export interface TopicIndex {
  /** Sentences that share a word with the topic, best first. */
  find(topic: ReadonlySet<string>): readonly Sentence[]
}

/** Words of questions and requests, and little words: they do not say what a text is about. */
const topicless = new Set(
  (
    'what when where which who whom whose why how can could would will shall should does did are was were have has had the and but ' +
    'for from with about into that this these those you your tell give write explain describe show please want know need let make ' +
    'say more one some any there here than then them they she her his him its our all not is it to of in on at be do me my we he us ' +
    'so no or as by an am if up'
  ).split(' '),
)

/** The words of a text that say what it is about, without case and plural. */
export function topicOf(text: string): Set<string> {
  const words = text.toLowerCase().match(/\p{L}{2,}/gu) ?? []
  return new Set(words.filter((word) => !topicless.has(word)).map((word) => word.replace(/(?<=\w{3})s$/, '')))
}

/** The sentence that opens a paragraph says best what the paragraph is about. */
const openingWeight = 2

/**
 * Indexes sentences by their words. A sentence scores for each word that it shares with a topic, more for rare words
 * (inverse document frequency), and its paragraph scores in the same way, so that a question of two words finds the
 * paragraph that has both.
 */
export function createTopicIndex(paragraphs: readonly (readonly Sentence[])[]): TopicIndex {
  const indexed = paragraphs.map((paragraph) =>
    paragraph.map((sentence, position) => ({ sentence, words: topicOf(sentence.text), opens: position === 0 })),
  )
  const sentenceCount = indexed.flat().length
  const frequency = new Map<string, number>()
  for (const { words } of indexed.flat()) for (const word of words) frequency.set(word, (frequency.get(word) ?? 0) + 1)
  const weigh = (topic: ReadonlySet<string>, has: (word: string) => boolean): number => {
    let weight = 0
    for (const word of topic) if (has(word)) weight += Math.log(sentenceCount / (frequency.get(word) ?? 1))
    return weight
  }
  return {
    find: (topic) =>
      indexed
        .flatMap((paragraph) => {
          const paragraphScore = weigh(topic, (word) => paragraph.some(({ words }) => words.has(word)))
          return paragraph.map(({ sentence, words, opens }) => {
            const score = weigh(topic, (word) => words.has(word))
            return { sentence, score: score === 0 ? 0 : score * (opens ? openingWeight : 1) + paragraphScore }
          })
        })
        .filter(({ score }) => score > 0)
        .sort((a, b) => b.score - a.score)
        .map(({ sentence }) => sentence),
  }
}
