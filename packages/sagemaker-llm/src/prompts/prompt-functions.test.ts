import type { ChatMessage } from '@x/bedrock-like-types'
import { expect, test } from 'vitest'
import { withSystemPrompt } from './prompt-functions.ts'

const hello: ChatMessage = { role: 'user', content: 'Hello' }

test('the system prompt becomes the first message', () => {
  expect(withSystemPrompt([hello], 'Be brief.')).toEqual([{ role: 'system', content: 'Be brief.' }, hello])
})

test('a system message of the conversation itself is the only one', () => {
  const own: readonly ChatMessage[] = [{ role: 'system', content: [{ text: 'Rhyme.' }] }, hello]
  expect(withSystemPrompt(own, 'Be brief.')).toBe(own)
})

test('without a system prompt the conversation stays as it is', () => {
  const messages = [hello]
  expect(withSystemPrompt(messages, undefined)).toBe(messages)
})
