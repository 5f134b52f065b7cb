import type { Beginning } from './beginning.ts'
import type { LanguageModel } from './language-model.ts'
import type { Random } from '../../answers/seeded-random.ts'
import { withoutRepeats } from './repeat-guard.ts'
import { sampleToken, type SampledToken, type Sampling } from './sample-token.ts'
import { endOfTextId } from './vocabulary.ts'

/** A token as it is generated. */
export interface GeneratedToken {
  readonly id: number
  readonly text: string
  /** Natural logarithm of the probability that the model gave it. */
  readonly logprob: number
  /** Whether it is the end of the text, which is no part of the answer. */
  readonly special: boolean
}

/** Why generation stopped, in TGI's words. */
export type FinishReason = 'length' | 'eos_token' | 'stop_sequence'

/** Limits of a generation. */
export interface GenerationOptions extends Sampling {
  readonly maxNewTokens: number
  /** Generation stops, in TGI's way, when the text so far ends with one of these. */
  readonly stop?: readonly string[] | undefined
}

/** Generates tokens one by one; returns why it stopped. As in TGI, the length is checked first and the end of the text next. */
export function* generate(
  model: LanguageModel,
  beginning: Beginning,
  options: GenerationOptions,
  random: Random,
): Generator<GeneratedToken, FinishReason> {
  const { stop = [] } = options
  const ids = [...beginning.context]
  let text = ''
  for (let count = 1; ; count++) {
    const { id, logprob } = nextToken(model, ids, beginning.opening[count - 1], options, random)
    const special = id === endOfTextId
    const word = model.vocabulary.text(id)
    // Where a text begins there is nothing from which the blank before the word would part it.
    const token = beginning.context.length === 0 && text === '' && !special ? word.trimStart() : word
    ids.push(id)
    if (!special) text += token
    yield { id, text: token, logprob, special }
    if (count >= options.maxNewTokens) return 'length'
    if (special) return 'eos_token'
    if (stop.some((sequence) => text.endsWith(sequence))) return 'stop_sequence'
  }
}

function nextToken(
  model: LanguageModel,
  ids: readonly number[],
  openingId: number | undefined,
  sampling: Sampling,
  random: Random,
): SampledToken {
  const next = model.words.next(ids.length === 0 ? [endOfTextId] : ids)
  if (openingId === undefined) return sampleToken(withoutRepeats(next, ids), sampling, random)
  const probability = next.probabilities[next.ids.indexOf(openingId)]
  return { id: openingId, logprob: Math.log(probability ?? 1 / model.vocabulary.size) }
}
