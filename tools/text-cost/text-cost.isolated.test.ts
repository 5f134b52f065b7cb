import { classificationCodec, rerankCodec } from '@x/sagemaker-rerank'
import { embeddingCodec, openaiEmbedding, teiEmbedding } from '@x/sagemaker-embed'
import { cohere, languageModelCodec, lmi, openai, tgi, type ContentHandler } from '@x/sagemaker-llm'
import { expect, test } from 'vitest'
import { charactersRead } from './characters-read.ts'

// What a container sends is read in linear time: counted in characters, at four sizes, because a clock tells nothing on a busy machine.

const sizes = [4, 8, 16, 32].map((kilobytes) => kilobytes * 1024)
/** Most growth of the cost per character from the smallest size to the largest. Quadratic time would be 8. */
const mostGrowth = 1.5

const utf8 = new TextEncoder()
const encode = (value: unknown): Uint8Array => utf8.encode(typeof value === 'string' ? value : JSON.stringify(value))
const repeated = (unit: string, size: number): string => unit.repeat(Math.ceil(size / unit.length))
const fragments = (text: string, length: number): string[] => text.match(new RegExp(`[^]{1,${length}}`, 'gu')) ?? []

interface Path {
  readonly name: string
  /** The answer of a container with a text of this size. */
  readonly answer: (size: number) => Uint8Array
  readonly read: (body: Uint8Array) => Promise<unknown>
}

const messages = [{ role: 'user', content: 'Hello' }] as const
const chat = (contentHandler: ContentHandler, reasoning?: 'split' | 'auto', contentType?: string) => {
  const codec = languageModelCodec({ contentHandler, reasoning, stopSequences: ['###', 'User:'] })
  return (body: Uint8Array) => codec.response(body, messages, contentType)
}
const wholeChat = (message: object): Uint8Array =>
  encode({ choices: [{ index: 0, message: { role: 'assistant', ...message }, finish_reason: 'stop' }] })
const streamedChat = (deltas: readonly object[]): Uint8Array => {
  const events = [...deltas.map((delta) => ({ delta })), { delta: {}, finish_reason: 'stop' }]
  const lines = events.map((event) => `data: ${JSON.stringify({ choices: [{ index: 0, ...event }] })}\n\n`)
  return encode(`${lines.join('')}data: [DONE]\n\n`)
}

const texts: Readonly<Record<string, (size: number) => string>> = {
  words: (size) => repeated('The sea is calm. ', size),
  'opening tags in one line': (size) => `<think>a</think>\nb ${repeated('<think> ', size)}`,
  'blocks of reasoning': (size) => repeated('<think>a</think>\n', size),
  'blocks of reasoning with text': (size) => repeated('<think>a</think>\nb\n', size),
  'other tags in one line': (size) => `<think>a</think>b${repeated('[THINK]', size)}`,
  'markers of Harmony': (size) => repeated('<|channel|>analysis<|message|>a<|end|>', size),
  'line breaks in reasoning': (size) => `<think>a${repeated('\n', size)}`,
  'white space in reasoning': (size) => `<think>a${repeated(' \n', size)}x</think>b`,
  'beginnings of tags': (size) => `<think>a</think>b${repeated('<thin', size)}`,
  'closing tags': (size) => repeated('</think>', size),
  'white space': (size) => `${repeated(' ', size)}x`,
  'beginnings of stop strings': (size) => repeated('##Use', size),
}

const ofTexts = Object.entries(texts).flatMap(([name, text]): Path[] =>
  (['auto', 'split'] as const).flatMap((reasoning) => [
    {
      name: `${name}, reasoning ${reasoning}`,
      answer: (size) => wholeChat({ content: text(size) }),
      read: chat(openai(), reasoning),
    },
    {
      name: `${name}, reasoning ${reasoning}, in fragments`,
      answer: (size) => streamedChat(fragments(text(size), 16).map((content) => ({ content }))),
      read: chat(openai(), reasoning, 'text/event-stream'),
    },
  ]),
)

const call = (index: number | undefined, args: string, name?: string) => ({
  index,
  function: { name, arguments: args },
})
const ofToolCalls: readonly Path[] = [
  {
    name: 'many tool calls in one event',
    answer: (size) =>
      wholeChat({
        content: null,
        tool_calls: Array.from({ length: size / 64 }, (_, index) => ({ id: `id-${index}`, ...call(index, '{}', 'f') })),
      }),
    read: chat(openai()),
  },
  {
    name: 'the arguments of a tool call in fragments',
    answer: (size) =>
      streamedChat(
        fragments(JSON.stringify({ text: repeated('a"\\', size) }), 8).map((args, index) => ({
          tool_calls: [call(0, args, index === 0 ? 'f' : undefined)],
        })),
      ),
    read: chat(openai(), undefined, 'text/event-stream'),
  },
  {
    name: 'a tool call whose name is repeated in every fragment, without an index',
    answer: (size) =>
      streamedChat(
        fragments(JSON.stringify({ text: repeated('a', size) }), 64).map((args) => ({
          tool_calls: [call(undefined, args, 'f')],
        })),
      ),
    read: chat(openai(), undefined, 'text/event-stream'),
  },
  {
    name: 'white space in arguments',
    answer: (size) => wholeChat({ tool_calls: [{ id: 'a', ...call(0, `{${repeated(' ', size)}}`, 'f') }] }),
    read: chat(openai()),
  },
]

const generated = (text: string): Uint8Array => encode([{ generated_text: text }])
const ofOtherFormats: readonly Path[] = [
  { name: 'a completion of TGI', answer: (size) => generated(repeated('ab ##', size)), read: chat(tgi()) },
  { name: 'a completion of LMI', answer: (size) => generated(repeated('ab Use', size)), read: chat(lmi()) },
  { name: 'an answer of Cohere', answer: (size) => encode({ text: repeated('<think>', size) }), read: chat(cohere()) },
]

/** Error texts, with words that expressions could go back over. */
const errors: Readonly<Record<string, (size: number) => unknown>> = {
  'the error of an engine': (size) => ({ error: repeated("ErrorInfo(message=' ", size) }),
  'quotes in an error': (size) => ({ error: `ErrorInfo(message=${repeated("'", size)}` }),
  'the words of SageMaker': (size) => ({
    error: { message: repeated('Received client error (400) from primary with message "', size) },
  }),
  'words about limits': (size) => ({ detail: repeated('batch size 3 > maximum model inputs ', size) }),
  'white space in an error': (size) => ({ message: `x-amz-security-token${repeated(' ', size)}`, error_type: 'x' }),
  'the request in an error': (size) => ({ error: repeated('Hello Hello ', size) }),
  'a page': (size) => `<html><body>${repeated('<p>Bad gateway ', size)}`,
  brackets: (size) => repeated('[', size),
}
const ofErrors = Object.entries(errors).map(([name, body]): Path => ({
  name,
  answer: (size) => encode(body(size)),
  read: (bytes) => chat(tgi())(bytes).catch(() => {}),
}))

const embedding = embeddingCodec({ contentHandler: teiEmbedding() })
const ofOpenAI = embeddingCodec({ contentHandler: openaiEmbedding() })
const numbers = (size: number): number[] => Array.from({ length: size / 8 }, (_, index) => index / 7)
const scores = (size: number): object[] => Array.from({ length: size / 32 }, (_, index) => ({ index, score: 0.5 }))
const documents = (size: number): string[] => scores(size).map((_, index) => `document ${index}`)
const ofScores: readonly Path[] = [
  { name: 'a vector', answer: (size) => encode([numbers(size)]), read: (body) => embedding.response(body, 'a') },
  {
    name: 'a vector in base64',
    answer: (size) => encode({ data: [{ embedding: Buffer.alloc(size).toString('base64') }] }),
    read: (body) => ofOpenAI.response(body, 'a'),
  },
  {
    name: 'JSON that was encoded twice',
    answer: (size) => encode(JSON.stringify(JSON.stringify([numbers(size)]))),
    read: (body) => embedding.response(body, 'a').catch(() => {}),
  },
  {
    name: 'a ranking',
    answer: (size) => encode(scores(size)),
    read: (body) => {
      const { length } = JSON.parse(new TextDecoder().decode(body)) as unknown[]
      return rerankCodec().response(body, { query: 'a', documents: documents(length * 32) })
    },
  },
  {
    name: 'labels',
    answer: (size) => encode([scores(size).map((_, index) => ({ label: `label ${index}`, score: 0.5 }))]),
    read: (body) => classificationCodec().response(body, 'a'),
  },
]

test.each([...ofTexts, ...ofToolCalls, ...ofOtherFormats, ...ofErrors, ...ofScores])(
  '$name: each character costs the same, however long the text is',
  async ({ answer, read }) => {
    // Loads what is loaded when it is used.
    await read(answer(64))
    const perCharacter: number[] = []
    for (const size of sizes) {
      const body = answer(size)
      perCharacter.push((await charactersRead(() => read(body))) / body.length)
    }
    const [first = 0, , , last = 0] = perCharacter
    expect(first).toBeGreaterThan(0)
    expect(last).toBeLessThanOrEqual(first * mostGrowth)
  },
)
