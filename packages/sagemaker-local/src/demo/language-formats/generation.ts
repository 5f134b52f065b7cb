import { continuePrompt, replyTo, type Turn } from '../language/beginning.ts'
import { generate, type FinishReason, type GeneratedToken, type GenerationOptions } from '../language/generate.ts'
import { languageModel } from '../language/language-model.ts'
import { seededRandom } from '../../answers/seeded-random.ts'
import { countTokens } from '../language/tokenizer.ts'

/** Settings of a demo language model. */
export interface DemoSettings {
  /** Name in answers, and the only one that `model` may name where the container checks it. */
  readonly modelName: string
  /** Tokens of input and output together. */
  readonly contextWindow: number
  /** Seed of requests that bring none. */
  readonly seed: number
  /** Pace of a stream; undefined is as fast as possible. */
  readonly tokensPerSecond: number | undefined
  /** Whether the model thinks before it replies, and where its thoughts go. */
  readonly reasoning: 'separate' | 'inline' | undefined
}

/** Tokens that are being generated. */
export interface Generation {
  readonly inputLength: number
  readonly tokens: Generator<GeneratedToken, FinishReason>
}

/** Tokens around each message that a chat template adds. */
const tokensPerMessage = 4

/** Tokens of a prompt, or of a conversation under the model's chat template. */
export function inputLength(prompt: string | readonly Turn[]): number {
  if (typeof prompt === 'string') return countTokens(prompt)
  return prompt.reduce((total, { text }) => total + countTokens(text) + tokensPerMessage, 0)
}

/** Continues a prompt or replies to a conversation. */
export function startGeneration(
  prompt: string | readonly Turn[],
  options: GenerationOptions & { readonly seed: number | string },
): Generation {
  const model = languageModel()
  const beginning = typeof prompt === 'string' ? continuePrompt(model, prompt) : replyTo(model, prompt)
  return {
    inputLength: inputLength(prompt),
    tokens: generate(model, beginning, options, seededRandom(options.seed)),
  }
}

/** The whole answer of a generation. */
export interface Completion {
  readonly tokens: readonly GeneratedToken[]
  readonly text: string
  readonly finishReason: FinishReason
}

export function complete(generation: Generation): Completion {
  const tokens: GeneratedToken[] = []
  for (;;) {
    const { done, value } = generation.tokens.next()
    if (done) return { tokens, text: textOf(tokens), finishReason: value }
    tokens.push(value)
  }
}

/** The text of tokens, without the special ones. */
export function textOf(tokens: readonly GeneratedToken[]): string {
  return tokens.map(({ text, special }) => (special ? '' : text)).join('')
}
