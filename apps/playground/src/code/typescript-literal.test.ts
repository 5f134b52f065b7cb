import { runInThisContext } from 'node:vm'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hardText } from '../test-support/hard-text.ts'
import { typescriptLiteral } from './typescript-literal.ts'

const evaluate = (literal: string): unknown => runInThisContext(`"use strict"; (${literal})`)

describe('typescriptLiteral', () => {
  it('gives back any text', () => {
    fc.assert(
      fc.property(hardText, (text) => {
        expect(evaluate(typescriptLiteral(text))).toBe(text)
      }),
    )
  })

  it('gives back any value, members in their order, however far to the right it begins', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.nat(100), (value, before) => {
        const returned = evaluate(typescriptLiteral(value, '  ', before))
        expect(returned).toEqual(value)
        // What JSON itself turns 0 into is of no interest here.
        if (JSON.stringify(returned) !== JSON.stringify(value)) throw new Error('members are in another order')
      }),
    )
  })

  it('keeps a member with any name, that of the prototype included', () => {
    fc.assert(
      fc.property(fc.oneof(hardText, fc.constantFrom('__proto__', 'constructor', '1', '')), (key) => {
        const returned = evaluate(typescriptLiteral(Object.fromEntries([[key, 1]]))) as object
        expect(Object.entries(returned)).toEqual([[key, 1]])
        expect(Object.getPrototypeOf(returned)).toBe(Object.prototype)
      }),
    )
  })

  it('writes no character that cannot be seen, turns text around or is lost on the way', () => {
    fc.assert(
      fc.property(hardText, (text) => {
        const literal = typescriptLiteral(text)
        expect(literal).not.toMatch(/[\p{Cc}\u2028\u2029\u202A-\u202E\u2066-\u2069\uFEFF]|\p{Cs}/u)
      }),
    )
  })

  it('leaves what can be read as it is', () => {
    expect(typescriptLiteral('Grüße, 世界 👩‍🚀 ${HOME}')).toBe("'Grüße, 世界 👩‍🚀 ${HOME}'")
    expect(typescriptLiteral("It's")).toBe(`"It's"`)
    expect(typescriptLiteral('She said "it\'s"')).toBe(String.raw`'She said "it\'s"'`)
    expect(typescriptLiteral('C:\\new\nline')).toBe(String.raw`'C:\\new\nline'`)
    expect(typescriptLiteral('a\u202Eb\uD800')).toBe(String.raw`'a\u202Eb\uD800'`)
  })

  it('breaks what is too long for a line, and leaves out what is undefined', () => {
    const messages = [
      { role: 'user', content: 'A question that goes on for a while, as questions do' },
      { role: 'assistant', content: undefined },
    ]
    expect(typescriptLiteral({ seed: 1, 'max-tokens': 2, topP: undefined })).toBe("{ seed: 1, 'max-tokens': 2 }")
    expect(typescriptLiteral(messages)).toBe(
      [
        '[',
        "  { role: 'user', content: 'A question that goes on for a while, as questions do' },",
        "  { role: 'assistant' },",
        ']',
      ].join('\n'),
    )
  })
})
