import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { captureTo } from '@x/sagemaker-endpoint/capture'
import { SagemakerError, SagemakerLLM } from '@x/sagemaker-llm'
import { replay, startLocalRuntime, type LocalEndpoint } from '@x/sagemaker-local'
import * as fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { unicodeModel } from '../demo/unicode-model.ts'
import { faultAttributes } from '../server/faults/fault-catalogue.ts'
import { scrubBytes, scrubText } from './scrub-bytes.ts'
import { scrubCapture } from './scrub-capture.ts'

const utf8 = new TextEncoder()

/** What a byte is in UTF-8: ASCII, the first of 2, 3 or 4, or a later one. */
const byteClass = (byte: number): number => (byte < 0x80 ? 0 : byte < 0xc0 ? 1 : byte < 0xe0 ? 2 : byte < 0xf0 ? 3 : 4)

/** The form of a JSON value: its types, the bytes of its strings, and how many members there are. */
function shape(value: unknown): unknown {
  if (typeof value === 'string') return `string of ${Array.from(utf8.encode(value), byteClass).join('')}`
  if (Array.isArray(value)) return value.map(shape)
  if (typeof value !== 'object' || value === null) return typeof value
  return Object.entries(value).map(([key, member]) => [utf8.encode(key).length, shape(member)])
}

/** Letters that nothing is replaced by. */
const secret = fc.stringMatching(/^[a-w]{6,12}$/).filter((word) => !/true|false|null/.test(word))
const anyText = fc.string({ unit: 'grapheme' })
const json = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4 },
    anyText,
    fc.double({ noNaN: true, noDefaultInfinity: true }),
    fc.integer(),
    fc.boolean(),
    fc.constant(null),
    fc.array(tie('value'), { maxLength: 4 }),
    fc
      .uniqueArray(
        fc.tuple(
          fc.string({ minLength: 3, maxLength: 9 }).filter((key) => /^[a-w]{2}/.test(key)),
          tie('value'),
        ),
        { selector: ([key]) => key, maxLength: 5 },
      )
      .map((members) => Object.fromEntries(members) as unknown),
  ),
})).value

describe('scrubbed bytes', () => {
  it('have the length of the original, and every character its width', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array({ maxLength: 300 }),
          anyText.map((text) => utf8.encode(text)),
          json.map((value) => utf8.encode(JSON.stringify(value))),
        ),
        (bytes) => {
          const scrubbed = scrubBytes(bytes)
          expect(Array.from(scrubbed, byteClass)).toEqual(Array.from(bytes, byteClass))
        },
      ),
    )
  })

  it('are JSON of the same shape, in every framing', () => {
    fc.assert(
      fc.property(json, fc.constantFrom(0, 2), (value, indentation) => {
        const text = JSON.stringify(value, undefined, indentation)
        expect(shape(JSON.parse(scrubText(text)))).toEqual(shape(value))
        // Strings may be broken off anywhere; what is there stays in its place.
        expect(scrubText(`data: ${text}\n\n`)).toMatch(/^data: [^]*\n\n$/)
      }),
    )
  })

  it('have nothing of what was said: in strings, names, escapes, plain text and HTML', () => {
    fc.assert(
      fc.property(secret, secret, fc.array(fc.nat(99_999), { minLength: 4, maxLength: 4 }), (word, other, ids) => {
        const escaped = Array.from(word, (letter) => `\\u00${letter.charCodeAt(0).toString(16)}`).join('')
        const text = [
          `data: ${JSON.stringify({ choices: [{ delta: { content: word, [other]: [other] } }], error: word })}`,
          `event: ${other}`,
          `{"content":"${escaped}"}`,
          `{"content":"${word}`,
          `<html><title>${word}</title>${other}`,
          JSON.stringify({ role: word, type: other, token_ids: ids.map((id) => id + 9_900_000) }),
          ` ${word}`,
        ].join('\n')
        const scrubbed = scrubText(text)
        for (const gone of [word, other, escaped, ...ids.map((id) => String(id + 9_900_000))]) {
          expect(scrubbed).not.toContain(gone)
        }
        // By position only: another secret of the same length gives the same.
        const swap = (name: string): string => 'a'.repeat(name.length)
        expect(scrubText(text.replaceAll(word, swap(word)))).toBe(scrubbed)
      }),
    )
  })

  it('keep what tells formats apart', () => {
    const chunk =
      '{"object":"chat.completion.chunk","choices":[{"index":0,"delta":{"role":"assistant","content":"Hi <think>no</think>"},"finish_reason":"stop"}],"usage":{"total_tokens":12}}'
    expect(scrubText(chunk)).toBe(
      chunk
        .replace('Hi <think>no</think>', 'yz <think>xy</think>')
        .replace(/yz(?= )/, scrubText(chunk).slice(chunk.indexOf('Hi'), chunk.indexOf('Hi') + 2))
        .replace('xy<', scrubText(chunk).slice(chunk.indexOf('no<'), chunk.indexOf('no<') + 3)),
    )
    expect(scrubText('data: [DONE]\n\n')).toBe('data: [DONE]\n\n')
  })
})

let folder: string
beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'scrub-'))))
afterAll(() => rm(folder, { recursive: true, force: true }))

/** How a chat with an endpoint ended, and how long its text was. */
async function outcome(model: LocalEndpoint, file?: string, customAttributes?: string) {
  await using runtime = await startLocalRuntime({ endpoints: { it: model } })
  const llm = new SagemakerLLM({
    endpointName: 'it',
    ...runtime.connection,
    retry: { maxAttempts: 1 },
    ...(file !== undefined && { observers: [captureTo(file)] }),
  })
  let text = ''
  try {
    for await (const { delta } of llm.streamChat([{ role: 'user', content: 'What is my password?' }], {
      customAttributes,
    }))
      text += delta
    return { end: 'answer', bytes: utf8.encode(text).length }
  } catch (error) {
    return { end: SagemakerError.is(error) ? error.code : String(error), bytes: utf8.encode(text).length }
  } finally {
    llm.close()
  }
}

describe('a scrubbed capture', () => {
  it.each(['small-parts', 'disconnect', 'in-band-error', 'early-end'])(
    'fails as the original did: %s',
    async (fault) => {
      const file = join(folder, `${fault}.jsonl`)
      const attributes = faultAttributes(fault, {})
      expect(attributes).toBeDefined()
      const original = await outcome(unicodeModel(0), file, attributes)
      const capture = readFileSync(file, 'utf8')
      const scrubbed = scrubCapture(capture)
      expect(scrubbed).not.toContain('password')
      const partLengths = (text: string) =>
        [...text.matchAll(/"bytes":"([^"]*)"/g)].map(([, bytes = '']) => Buffer.from(bytes, 'base64').length)
      expect(partLengths(scrubbed)).toEqual(partLengths(capture))
      const replayed = await outcome(replay(scrubbed, { speed: Infinity }))
      expect(replayed).toEqual(original)
      expect(scrubCapture(scrubbed)).toBe(scrubbed)
    },
  )

  it('is refused with the line where the file is no capture', () => {
    expect(() => scrubCapture('hello')).toThrow('Line 1 is not JSON')
    expect(() => scrubCapture('')).toThrow('Line 1 is not JSON')
  })
})
