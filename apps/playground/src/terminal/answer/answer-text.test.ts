import { expect, it } from 'vitest'
import { collectingContext } from '../test-support/collecting-context.ts'
import { AnswerText } from './answer-text.ts'

async function shown(isTTY: boolean, fragments: readonly string[]): Promise<string> {
  const { context, written } = collectingContext('', { isTTY })
  Object.assign(context.output.stream, { columns: 15 })
  const text = new AnswerText(context.output)
  for (const fragment of fragments) await text.write(fragment)
  await text.end()
  return written.output
}

const fragments = ['The har', 'bour lies in f', 'og.']

it('breaks an answer between words on a terminal', async () => {
  expect(await shown(true, fragments)).toBe('The harbour \nlies in fog.\n')
})

it('takes a begun word back that does not fit', async () => {
  expect(await shown(true, ['The harbour li', 'es in fog.'])).toBe('The harbour li\u001B[2D\u001B[K\nlies in fog.\n')
})

it('writes an answer as it is elsewhere', async () => {
  expect(await shown(false, fragments)).toBe('The harbour lies in fog.\n')
})

it('lets no control character of a model through', async () => {
  expect(await shown(true, ['a\u001B[2Jb'])).toBe('a␛[2Jb\n')
})
