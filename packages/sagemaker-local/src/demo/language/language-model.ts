import { trainingText } from '../text/training-text.ts'
import { NGramModel } from './n-gram-model.ts'
import { tokenize } from './tokenizer.ts'
import { createTopicIndex, type Sentence, type TopicIndex } from './topic-index.ts'
import { createVocabulary, endOfText, endOfTextId, type Vocabulary } from './vocabulary.ts'

/** Everything that is learnt from the training text. */
export interface LanguageModel {
  readonly vocabulary: Vocabulary
  readonly words: NGramModel
  readonly topics: TopicIndex
  /** Opens the reply to a message that is about nothing in particular. */
  readonly greeting: Sentence | undefined
  /** Opens the reply to a message about something that was never read about. */
  readonly apology: Sentence | undefined
}

let trained: LanguageModel | undefined

/** The model, trained when it is first asked for: that takes a few dozen milliseconds. */
export function languageModel(): LanguageModel {
  return (trained ??= train(trainingText))
}

/**
 * Learns from paragraphs. Each becomes a separate text that begins with a blank, so that a word has the same token at the
 * beginning of a paragraph and inside it, and ends with {@link endOfText}. The first two paragraphs begin with the greeting and the
 * apology.
 */
export function train(paragraphs: readonly string[]): LanguageModel {
  const texts = paragraphs.map((paragraph) => [...tokenize(` ${paragraph}`), endOfText])
  const vocabulary = createVocabulary(texts.flat())
  const idsOf = (tokens: readonly string[]): number[] => tokens.map((token) => vocabulary.id(token))
  const sentences = texts.map((tokens) =>
    splitSentences(tokens).map((sentence) => ({ text: sentence.join(''), ids: idsOf(sentence) })),
  )
  return {
    vocabulary,
    // The leading end of text lets the model learn how a text begins.
    words: new NGramModel(
      texts.map((tokens) => [endOfTextId, ...idsOf(tokens)]),
      vocabulary.size,
    ),
    topics: createTopicIndex(sentences),
    greeting: sentences[0]?.[0],
    apology: sentences[1]?.[0],
  }
}

function splitSentences(tokens: readonly string[]): string[][] {
  const sentences: string[][] = [[]]
  for (const token of tokens) {
    if (token === endOfText) break
    sentences.at(-1)?.push(token)
    if (/[.!?]$/.test(token)) sentences.push([])
  }
  return sentences.filter((sentence) => sentence.length > 0)
}
