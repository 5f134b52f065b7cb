import { describe, expect, test } from 'vitest'
import * as rerank from '../index.ts'
import { failureOf } from '../test-support/failure-of.ts'

/** The names of the factories that end with the word, without it. */
const factories = (word: string): string[] =>
  Object.keys(rerank).flatMap((name) =>
    name.endsWith(word) && !name.startsWith('Sagemaker') ? name.slice(0, -word.length) : [],
  )

describe.each([
  ['namedRerankHandler', 'Rerank', rerank.namedRerankHandler],
  ['namedClassificationHandler', 'Classification', rerank.namedClassificationHandler],
] as const)('%s', (_, word, load) => {
  test('knows every handler by the name of its factory', async () => {
    const names = factories(word)
    expect(names.length).toBeGreaterThan(4)
    for (const name of names) expect((await load(name)).name).toBe(name)
  })

  test.each(['unknown', '', 'toString', '__proto__'])('refuses %j, and lists what it knows', async (name) => {
    const error = await failureOf(load(name))
    expect(error.code).toBe('invalid-request')
    for (const known of factories(word)) expect(error.message).toContain(known)
  })
})
