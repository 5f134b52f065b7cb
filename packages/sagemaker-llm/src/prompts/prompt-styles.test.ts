import { SagemakerError } from '@x/sagemaker-endpoint'
import type { ChatMessage } from '@x/bedrock-like-types'
import { describe, expect, test } from 'vitest'
import { completionToPromptFunction, messagesToPromptFunction } from './prompt-functions.ts'
import { type PromptStyle, writeInStyle } from './prompt-styles.ts'

const system = (content: string): ChatMessage => ({ role: 'system', content })
const user = (content: string): ChatMessage => ({ role: 'user', content })
const assistant = (content: string): ChatMessage => ({ role: 'assistant', content })

const conversations = {
  user: [user(' Hello ')],
  'system, user': [system(' S '), user('U')],
  'several turns': [system('S'), user('U1'), assistant('A1'), user('U2')],
  'assistant last': [user('U1'), assistant('A1')],
} as const

const defaultSystem =
  'You are a helpful, respectful and honest assistant. Always answer as helpfully as possible and follow ALL given ' +
  'instructions. Do not speculate or make up information. Do not reference any given instructions or context.'

const write = (style: PromptStyle, messages: readonly ChatMessage[]): string =>
  writeInStyle(style, messages, [], 'messagesToPrompt')

const codeOf = (run: () => unknown): string | undefined => {
  try {
    run()
    return undefined
  } catch (error) {
    return SagemakerError.is(error) ? error.code : 'no SagemakerError'
  }
}

type Golden = Record<keyof typeof conversations, string>

const golden: Record<PromptStyle, Golden> = {
  // What these three styles have always written.
  llama2: {
    user: `<s> [INST] <<SYS>>\n ${defaultSystem} \n<</SYS>>\n\n  Hello  [/INST]`,
    'system, user': '<s> [INST] <<SYS>>\n S \n<</SYS>>\n\n U [/INST]',
    'several turns': '<s> [INST] <<SYS>>\n S \n<</SYS>>\n\n U1 [/INST] A1 </s><s> [INST] U2 [/INST]',
    'assistant last': `<s> [INST] <<SYS>>\n ${defaultSystem} \n<</SYS>>\n\n U1 [/INST] A1`,
  },
  llama3: {
    user:
      `<|start_header_id|>system<|end_header_id|>\n\n${defaultSystem}<|eot_id|>\n` +
      '<|start_header_id|>user<|end_header_id|>\n\n Hello <|eot_id|>\n' +
      '<|start_header_id|>assistant<|end_header_id|>\n\n',
    'system, user':
      '<|start_header_id|>system<|end_header_id|>\n\nS<|eot_id|>\n' +
      '<|start_header_id|>user<|end_header_id|>\n\nU<|eot_id|>\n' +
      '<|start_header_id|>assistant<|end_header_id|>\n\n',
    'several turns':
      '<|start_header_id|>system<|end_header_id|>\n\nS<|eot_id|>\n' +
      '<|start_header_id|>user<|end_header_id|>\n\nU1<|eot_id|>\n' +
      '<|start_header_id|>assistant<|end_header_id|>\n\nA1<|eot_id|>\n' +
      '<|start_header_id|>user<|end_header_id|>\n\nU2<|eot_id|>\n' +
      '<|start_header_id|>assistant<|end_header_id|>\n\n',
    'assistant last':
      `<|start_header_id|>system<|end_header_id|>\n\n${defaultSystem}<|eot_id|>\n` +
      '<|start_header_id|>user<|end_header_id|>\n\nU1<|eot_id|>\n' +
      '<|start_header_id|>assistant<|end_header_id|>\n\nA1<|eot_id|>\n' +
      '<|start_header_id|>assistant<|end_header_id|>\n\n',
  },
  generic: {
    user: 'user:  Hello \nassistant: ',
    'system, user': 'system:  S \nuser: U\nassistant: ',
    'several turns': 'system: S\nuser: U1\nassistant: A1\nuser: U2\nassistant: ',
    'assistant last': 'user: U1\nassistant: A1\nassistant: ',
  },
  // What the makers of the models write.
  mistral: {
    user: '[INST]  Hello  [/INST]',
    'system, user': '[INST]  S \n\nU [/INST]',
    'several turns': '[INST] S\n\nU1 [/INST] A1</s> [INST] U2 [/INST]',
    'assistant last': '[INST] U1 [/INST] A1',
  },
  chatml: {
    user: '<|im_start|>user\n Hello <|im_end|>\n<|im_start|>assistant\n',
    'system, user': '<|im_start|>system\n S <|im_end|>\n<|im_start|>user\nU<|im_end|>\n<|im_start|>assistant\n',
    'several turns':
      '<|im_start|>system\nS<|im_end|>\n<|im_start|>user\nU1<|im_end|>\n<|im_start|>assistant\nA1<|im_end|>\n' +
      '<|im_start|>user\nU2<|im_end|>\n<|im_start|>assistant\n',
    'assistant last': '<|im_start|>user\nU1<|im_end|>\n<|im_start|>assistant\nA1<|im_end|>\n<|im_start|>assistant\n',
  },
  gemma: {
    user: '<start_of_turn>user\nHello<end_of_turn>\n<start_of_turn>model\n',
    'system, user': '<start_of_turn>user\nS \n\nU<end_of_turn>\n<start_of_turn>model\n',
    'several turns':
      '<start_of_turn>user\nS\n\nU1<end_of_turn>\n<start_of_turn>model\nA1<end_of_turn>\n' +
      '<start_of_turn>user\nU2<end_of_turn>\n<start_of_turn>model\n',
    'assistant last':
      '<start_of_turn>user\nU1<end_of_turn>\n<start_of_turn>model\nA1<end_of_turn>\n<start_of_turn>model\n',
  },
}

const styles = Object.keys(golden) as PromptStyle[]

describe.each(styles)('style %s', (style) => {
  test.each(Object.keys(conversations) as (keyof Golden)[])('writes a conversation: %s', (name) => {
    expect(write(style, conversations[name])).toBe(golden[style][name])
  })

  test('is loaded where an option names it', async () => {
    expect(await messagesToPromptFunction(style)([user('U')], { tools: [] })).toBe(write(style, [user('U')]))
  })

  test('writes a completion as a conversation of one user message', async () => {
    const complete = completionToPromptFunction(style)
    expect(await complete('Hi', { systemPrompt: 'SYS' })).toBe(write(style, [system('SYS'), user('Hi')]))
    expect(await complete('Hi', { systemPrompt: undefined })).toBe(write(style, [user('Hi')]))
  })

  test('reads content blocks as it reads text', () => {
    expect(write(style, [{ role: 'user', content: [{ text: 'a' }, { text: 'b' }] }])).toBe(write(style, [user('a\nb')]))
  })

  test('leaves out reasoning of earlier turns', () => {
    const reasoning = { reasoningContent: { reasoningText: { text: 'hmm' } } }
    const withReasoning = [user('U'), { role: 'assistant', content: [reasoning, { text: 'A' }] } as const, user('V')]
    expect(write(style, withReasoning)).toBe(write(style, [user('U'), assistant('A'), user('V')]))
  })

  test.each([
    ['image', { role: 'user', content: [{ image: { format: 'png', source: { bytes: new Uint8Array() } } }] }],
    ['toolUse', { role: 'assistant', content: [{ toolUse: { toolUseId: '1', name: 'f', input: {} } }] }],
    ['tool message', { role: 'tool', toolCallId: '1', content: '22' }],
  ] as const)('refuses a %s by name', (member, message) => {
    expect(() => write(style, [user('U'), message])).toThrow(member)
    expect(codeOf(() => write(style, [user('U'), message]))).toBe('invalid-request')
  })

  test('refuses tools', async () => {
    const tools = [{ toolSpec: { name: 'f', inputSchema: { json: {} } } }]
    const refused = messagesToPromptFunction(style)([user('U')], { tools })
    await expect(refused).rejects.toThrow(/tools: .*chatTemplate/)
  })
})

describe.each(['llama2', 'mistral', 'gemma'] as const)('style %s, which knows two roles in turn', (style) => {
  test.each([
    ['nothing', []],
    ['the system alone', [system('S')]],
    ['two users', [user('a'), user('b')]],
    ['the assistant first', [assistant('a')]],
    ['the system in the middle', [user('a'), system('S'), user('b')]],
  ])('refuses %s', (_, messages) => {
    expect(codeOf(() => write(style, messages))).toBe('invalid-request')
  })

  test('puts several system messages together', () => {
    expect(write(style, [system('S'), system('T'), user('U')])).toBe(write(style, [system('S\n\nT'), user('U')]))
  })
})

test.each(['llama2', 'llama3'] as const)('an empty system message leaves out the default of %s', (style) => {
  expect(write(style, [system(''), user('U')])).toBe(
    style === 'llama2'
      ? '<s> [INST] U [/INST]'
      : '<|start_header_id|>user<|end_header_id|>\n\nU<|eot_id|>\n<|start_header_id|>assistant<|end_header_id|>\n\n',
  )
})

test('a completion without a style has the system prompt before it', () => {
  const complete = completionToPromptFunction(undefined)
  expect(complete('Hi', { systemPrompt: 'SYS' })).toBe('SYS\n\nHi')
  expect(complete('Hi', { systemPrompt: undefined })).toBe('Hi')
})

const ask = {
  messagesToPrompt: (style) => messagesToPromptFunction(style)([user('U')], { tools: [] }),
  completionToPrompt: (style) => completionToPromptFunction(style)('U', { systemPrompt: undefined }),
} satisfies Record<string, (style: PromptStyle) => string | Promise<string>>

test.each(['messagesToPrompt', 'completionToPrompt'] as const)('an unknown style is refused by %s', async (option) => {
  const refused = ask[option]('toString' as PromptStyle)
  await expect(refused).rejects.toThrow(`${option}: no such prompt style; there are llama2, llama3`)
})
