import { spawnSync } from 'node:child_process'
import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hardText } from '../test-support/hard-text.ts'
import { shellQuote } from './shell-quote.ts'

/** NUL ends an argument, and halves of a surrogate pair are no UTF-8: neither is in a body that was sent. */
const argument = hardText.map((text) => Buffer.from(text).toString().replaceAll('\0', ''))

const shells = ['sh', 'bash', 'dash', 'zsh'].filter((shell) => spawnSync(shell, ['-c', ':']).error === undefined)

describe.each(shells)('shellQuote, for %s', (shell) => {
  it('passes any text on as one argument', { timeout: 60_000 }, () => {
    fc.assert(
      fc.property(fc.array(argument, { minLength: 1, maxLength: 20 }), (texts) => {
        const script = `printf '%s\\0' ${texts.map(shellQuote).join(' ')}`
        const { stdout, stderr, status } = spawnSync(shell, [], { input: script, encoding: 'utf8' })
        expect({ status, stderr }).toEqual({ status: 0, stderr: '' })
        expect(stdout.split('\0').slice(0, -1)).toEqual(texts)
      }),
      { numRuns: 20 },
    )
  })
})
