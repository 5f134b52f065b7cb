import { array, assert, integer, property } from 'fast-check'
import { describe, expect, test, vi } from 'vitest'
import { trainingText } from '../text/training-text.ts'
import { seededRandom } from '../../answers/seeded-random.ts'
import { continuePrompt, replyTo, type Beginning } from './beginning.ts'
import { generate, type FinishReason, type GenerationOptions } from './generate.ts'
import { languageModel, train } from './language-model.ts'
import { NGramModel } from './n-gram-model.ts'
import { sampleToken } from './sample-token.ts'
import { countTokens, tokenize } from './tokenizer.ts'

// A busy machine is not a failure.
vi.setConfig({ testTimeout: 60_000 })

const model = languageModel()

function write(beginning: Beginning, options: Partial<GenerationOptions> = {}, seed = 1) {
  const random = seededRandom(seed)
  const tokens = generate(model, beginning, { maxNewTokens: 200, temperature: 0, ...options }, random)
  let text = ''
  let count = 0
  for (;;) {
    const { done, value } = tokens.next()
    if (done) return { text, count, finishReason: value satisfies FinishReason }
    count++
    if (!value.special) text += value.text
  }
}

const ask = (text: string, options?: Partial<GenerationOptions>, seed?: number) =>
  write(replyTo(model, [{ role: 'user', text }]), options, seed)

/** Lone surrogates included. */
const anyText = array(integer({ min: 0, max: 0x10_ffff })).map((points) => String.fromCodePoint(...points))

describe('tokens', () => {
  test('joined are the text, whatever it is', () => {
    assert(property(anyText, (text) => tokenize(text).join('') === text))
    for (const paragraph of trainingText) expect(tokenize(paragraph).join('')).toBe(paragraph)
  })

  test('are words with the blank before them, and punctuation', () => {
    expect(tokenize("Don't panic: 42 towels,\n\nok?")).toEqual([
      "Don't",
      ' panic',
      ':',
      ' 42',
      ' towels',
      ',',
      '\n',
      '\n',
      'ok',
      '?',
    ])
    expect(countTokens('')).toBe(0)
  })
})

describe('the n-gram model', () => {
  // 1 2 3 and 1 2 4: after 1 2, one half each, less the discount.
  const small = new NGramModel(
    [
      [1, 2, 3],
      [1, 2, 4],
      [1, 2, 3],
    ],
    10,
    3,
  )

  test('gives probabilities that sum up to one', () => {
    for (const context of [[], [1], [1, 2], [7], ...sampleContexts()]) {
      const { probabilities } = (context.length > 2 ? model.words : small).next(context)
      expect(probabilities.reduce((sum, probability) => sum + probability, 0)).toBeCloseTo(1)
      expect([...probabilities].sort((a, b) => b - a)).toEqual(probabilities)
    }
  })

  test('prefers what it saw more often', () => {
    expect(small.next([1, 2]).ids).toEqual([3, 4])
    expect(small.next([1]).ids).toEqual([2])
  })

  test('backs off to a shorter context, in the end to none', () => {
    expect(small.next([9, 2]).ids).toEqual([3, 4])
    expect(new Set(small.next([9]).ids)).toEqual(new Set([1, 2, 3, 4]))
    expect(small.knows([9, 2])).toBe(true)
    expect(small.knows([9])).toBe(false)
  })

  function sampleContexts(): number[][] {
    return trainingText.slice(0, 20).map((text) =>
      tokenize(` ${text}`)
        .slice(0, 4)
        .map((token) => model.vocabulary.id(token)),
    )
  }
})

describe('sampling', () => {
  const next = { ids: [10, 20, 30], probabilities: [0.6, 0.3, 0.1] }
  const shares = (sampling: Parameters<typeof sampleToken>[1]) => {
    const random = seededRandom(3)
    const counts: Record<number, number> = {}
    for (let draw = 0; draw < 3000; draw++) {
      const { id } = sampleToken(next, sampling, random)
      counts[id] = (counts[id] ?? 0) + 1 / 3000
    }
    return counts
  }

  test('at temperature 1 takes words as often as they are probable', () => {
    const { 10: first = 0, 20: second = 0, 30: third = 0 } = shares({ temperature: 1 })
    expect(first).toBeCloseTo(0.6, 1)
    expect(second).toBeCloseTo(0.3, 1)
    expect(third).toBeCloseTo(0.1, 1)
  })

  test('at temperature 0 takes the best one, at a low one nearly always', () => {
    expect(Object.keys(shares({ temperature: 0 }))).toEqual(['10'])
    expect(shares({ temperature: 0.2 })[10]).toBeGreaterThan(0.95)
    expect(shares({ temperature: 1e-9 })).toEqual(shares({ temperature: 0 }))
  })

  test('top-k and top-p leave only the best ones', () => {
    expect(Object.keys(shares({ temperature: 1, topK: 2 }))).toEqual(['10', '20'])
    expect(Object.keys(shares({ temperature: 1, topP: 0.5 }))).toEqual(['10'])
    expect(Object.keys(shares({ temperature: 1, topP: 0.7 }))).toEqual(['10', '20'])
  })

  test('reports the probability that the model gave', () => {
    expect(sampleToken(next, { temperature: 0 }, () => 0).logprob).toBeCloseTo(Math.log(0.6))
  })
})

describe('what it writes', () => {
  test.each([
    ['The capital of France is', / Paris,/],
    ['The capital of Japan is', / Tokyo,/],
    ['To make bread,', / mix five hundred grams of flour/],
    ['A language model is', / a program that/],
  ])('continues "%s"', (prompt, expected) => {
    expect(write(continuePrompt(model, prompt)).text).toMatch(expected)
  })

  test.each([
    ['What is the capital of Spain?', /^The capital of Spain is Madrid/],
    ['How do I bake bread?', /^To make bread, mix/],
    ['Why is the sky blue?', /^The sky is blue because/],
    ['Tell me about whales!', /^Whales pass the coast in spring/],
    ['Hello', /^Hello, and hi! I am a small language model/],
    ['?', /^Hello, and hi! I am a small language model/],
    ['Explain quantum chromodynamics', /^I have read nothing about that/],
  ])('replies to "%s" on its topic', (question, expected) => {
    expect(ask(question).text).toMatch(expected)
  })

  test('a prompt that it does not know begins a new sentence', () => {
    expect(write(continuePrompt(model, 'xyzzy bread xyzzy')).text).toMatch(/^[A-Z].*bread/)
  })

  test('is the same for the same seed, and without sampling for any', () => {
    expect(ask('the sea', { temperature: 1.2 }, 4)).toEqual(ask('the sea', { temperature: 1.2 }, 4))
    expect(ask('the sea', { temperature: 1.2 }, 4)).not.toEqual(ask('the sea', { temperature: 1.2 }, 5))
    expect(ask('the sea', {}, 4)).toEqual(ask('the sea', {}, 5))
  })

  test('does not walk in circles', () => {
    for (const prompt of ['The sea', 'The capital of', 'and the', 'A', 'It is']) {
      const { text, finishReason } = write(continuePrompt(model, prompt), { maxNewTokens: 2000 })
      expect(finishReason).toBe('eos_token')
      const sentences = text.split('. ')
      expect(new Set(sentences).size).toBe(sentences.length)
    }
  })

  test('ends for the reason it says: the limit first, then the end of the text, then a stop sequence', () => {
    const whole = ask('Tell me a joke')
    expect(whole.finishReason).toBe('eos_token')
    expect(ask('Tell me a joke', { maxNewTokens: whole.count })).toMatchObject({
      finishReason: 'length',
      text: whole.text,
    })
    expect(ask('Tell me a joke', { stop: [' joke'] })).toMatchObject({
      finishReason: 'stop_sequence',
      text: 'A good joke',
    })
    expect(ask('Tell me a joke', { maxNewTokens: 3, stop: [' joke'] }).finishReason).toBe('length')
  })

  test('goes on with something new when it is asked for more', () => {
    const question = { role: 'user', text: 'Tell me about the sea' }
    const first = ask(question.text).text
    const more = replyTo(model, [question, { role: 'assistant', text: first }, { role: 'user', text: 'More!' }])
    expect(write(more).text.split('. ')[0]).not.toBe(first.split('. ')[0])
  })
})

test('it is trained in no time and writes thousands of words per second', () => {
  const started = performance.now()
  train(trainingText)
  expect(performance.now() - started).toBeLessThan(1500)
  const begun = performance.now()
  let count = 0
  for (let seed = 0; seed < 20; seed++) count += ask('the sea', { temperature: 0.8, maxNewTokens: 100 }, seed).count
  expect(count / ((performance.now() - begun) / 1000)).toBeGreaterThan(1000)
})
