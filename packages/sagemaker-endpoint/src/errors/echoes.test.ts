import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { withoutEchoes } from './echoes.ts'
import { requestTexts } from './request-texts.ts'

const withoutRequestText = (message: string, request: string): string =>
  withoutEchoes(message, [{ texts: requestTexts(request), placeholder: '[request text]' }])

const prompt = 'My account number is 4711-0815, and "Zoë" said:\nplease close it.'
const request = JSON.stringify({ inputs: prompt, parameters: { temperature: 0 } })

describe('withoutRequestText', () => {
  test('leaves the names of parameters and the words of the container', () => {
    const message = 'Input validation error: `temperature` must be strictly positive'
    expect(withoutRequestText(message, request)).toBe(message)
  })

  test.each([
    ['as it was sent', prompt],
    ['escaped as JSON', JSON.stringify(prompt)],
    ['escaped twice', JSON.stringify(JSON.stringify(prompt))],
    ['escaped to ASCII', JSON.stringify(prompt).replaceAll('ë', String.raw`\u00eb`)],
    ['as Python prints it', `'${prompt.replaceAll('\n', String.raw`\n`)}'`],
    [
      'as bytes that Python prints',
      `b'${prompt.replaceAll('ë', String.raw`\xc3\xab`).replaceAll('\n', String.raw`\n`)}'`,
    ],
    ['in a URL', encodeURIComponent(prompt)],
    ['in a form', encodeURIComponent(prompt).replaceAll('%20', '+')],
    ['in HTML', prompt.replaceAll('"', '&quot;').replaceAll('ë', '&#235;')],
    ['in capitals', prompt.toUpperCase()],
    ['in another layout', prompt.replaceAll(/\s+/g, '\n\t')],
  ])('takes the prompt out %s', (_, echo) => {
    const clean = withoutRequestText(`Cannot parse ${echo}, expected a list`, request)
    expect(clean).toMatch(/^Cannot parse .{0,4}\[request text\].{0,6}expected a list$/)
  })

  test('takes a part of the prompt out, with the words it is cut within', () => {
    expect(withoutRequestText('bad value: ount number is 4711 (cut)', request)).toBe('bad value: [request text] (cut)')
  })

  test('takes a short prompt out where it stands as separate words', () => {
    const short = JSON.stringify({ inputs: 'cat?' })
    expect(withoutRequestText('no category for "cat?"', short)).toBe('no category for "[request text]"')
    expect(withoutRequestText('Empty input', JSON.stringify({ inputs: '' }))).toBe('Empty input')
  })

  test('does not take roles and the name of the model for the prompt', () => {
    const chat = JSON.stringify({ model: 'my-model-8b', messages: [{ role: 'user', content: 'hello there' }] })
    const message = 'The model `my-model-8b` wants roles to alternate user/assistant'
    expect(withoutRequestText(message, chat)).toBe(message)
  })

  test('takes out the text of a request that is not JSON', () => {
    expect(withoutRequestText('unknown: 0.12,0.55,0.91', '0.12,0.55,0.91\n0.2')).toBe('unknown: [request text]')
  })

  test('leaves no eight letters of any prompt, wherever it is echoed', () => {
    const leaked = (secret: string, before: string, after: string): string | undefined => {
      const clean = withoutRequestText(`${before} ${secret} ${after}`, JSON.stringify({ inputs: secret }))
      const left = lettersAndDigits(clean.replaceAll('[request text]', ''))
      const around = lettersAndDigits(before + after)
      const letters = lettersAndDigits(secret)
      const windows = Array.from({ length: Math.max(letters.length - 7, 0) }, (_, index) =>
        letters.slice(index, index + 8),
      )
      // What stands around the echo may happen to hold the same letters once the echo is gone.
      return windows.find((window) => left.includes(window) && !around.includes(window))
    }
    fc.assert(
      fc.property(text({ minLength: 8 }), text(), text(), (secret, before, after) => {
        expect(leaked(secret, before, after)).toBeUndefined()
      }),
    )
  })

  test.each([
    ['"base64 encoding is not currently supported"', { encoding_format: 'base64', input: ['some text'] }],
    ["Value 'query' is not one of ['search_query']", { input_type: 'query', input: ['some text'] }],
    ['Endpoint x is not a multi-model endpoint', { inputs: 'a' }],
  ])('leaves the reason in %s: options and single letters are no texts', (message, body) => {
    expect(withoutRequestText(message, JSON.stringify(body))).toBe(message)
  })

  test('takes many short texts out in one reading', () => {
    const inputs = Array.from({ length: 200_000 }, (_, index) => `w${index}`)
    expect(withoutRequestText('cannot embed "w199999": empty', JSON.stringify({ inputs }))).toBe(
      'cannot embed "[request text]": empty',
    )
  })

  test('reads a request of megabytes once', () => {
    const long = JSON.stringify({ inputs: 'word '.repeat(500_000) + 'the secret ending' })
    expect(withoutRequestText('failed at: the secret ending', long)).toBe('failed at: [request text]')
  })
})

function text(constraints: fc.StringConstraints = {}): fc.Arbitrary<string> {
  return fc.string({
    ...constraints,
    unit: fc.oneof(fc.string({ minLength: 1, maxLength: 1 }), fc.constantFrom('ü', '漢', 'я', '\n')),
  })
}

function lettersAndDigits(text: string): string {
  return [...text.toLowerCase().matchAll(/[\p{L}\p{N}]/gu)].join('')
}
