import type { LanguageModel } from './language-model.ts'
import { tokenize } from './tokenizer.ts'
import { topicOf, type Sentence } from './topic-index.ts'

/** Where generation begins. */
export interface Beginning {
  /** The last words so far, as ids. */
  readonly context: readonly number[]
  /** Words that come next in any case, because they lead to the topic. */
  readonly opening: readonly number[]
}

/** A message of a conversation, as plain text. */
export interface Turn {
  readonly role: string
  readonly text: string
}

const contextLength = 4
const shortestOpening = 4
const longestOpening = 12

/** Continues a prompt: word by word if its last word is known, else with a new sentence on its topic. */
export function continuePrompt(model: LanguageModel, prompt: string): Beginning {
  const words = tokenize(/^[\p{L}\p{N}]/u.test(prompt) ? ` ${prompt}` : prompt)
  const context = words.slice(-contextLength).map((word) => model.vocabulary.id(word))
  if (model.words.knows(context) && /[\p{L}\p{N},;]$/u.test(prompt)) return { context, opening: [] }
  return begin(model, [prompt], [])
}

/** Replies to a conversation: on the topic of the last message that has one, with a sentence that was not said yet. */
export function replyTo(model: LanguageModel, conversation: readonly Turn[]): Beginning {
  const asked = conversation.filter(({ role }) => role === 'user').map(({ text }) => text)
  const said = conversation.filter(({ role }) => role === 'assistant').map(({ text }) => text)
  return begin(model, [...asked.toReversed(), ...said.toReversed()], said)
}

/** Opens with the best sentence on the first of the texts that has a topic, the greeting if none has. */
function begin(model: LanguageModel, texts: readonly string[], said: readonly string[]): Beginning {
  const topic = texts.map(topicOf).find((words) => words.size > 0)
  if (!topic) return { context: [], opening: model.greeting?.ids.slice(0, shortestOpening) ?? [] }
  const isNew = ({ text }: Sentence): boolean => !said.some((earlier) => earlier.includes(text.trim()))
  const sentence = model.topics.find(topic).find(isNew) ?? model.apology
  return { context: [], opening: sentence ? openingOf(model, sentence, topic) : [] }
}

/** The beginning of a sentence, up to its last word on the topic. */
function openingOf(model: LanguageModel, sentence: Sentence, topic: ReadonlySet<string>): readonly number[] {
  const isOnTopic = (id: number): boolean => [...topicOf(model.vocabulary.text(id))].some((word) => topic.has(word))
  const lastOnTopic = sentence.ids.slice(0, longestOpening).findLastIndex(isOnTopic)
  return sentence.ids.slice(0, Math.max(shortestOpening, lastOnTopic + 1))
}
