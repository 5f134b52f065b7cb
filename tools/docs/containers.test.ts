import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import * as embed from '@x/sagemaker-embed'
import * as llm from '@x/sagemaker-llm'
import { JsonSequenceDecoder, jsonSequenceDone } from '@x/stream-core/decoders'

const markdown = readFileSync(path.join(import.meta.dirname, '..', '..', 'docs', 'containers.md'), 'utf8')

/** The handlers of the page, by the way it writes them. */
const languageHandlers: Readonly<Record<string, llm.ContentHandler>> = {
  'ai21()': llm.ai21(),
  'bedrockCompat()': llm.bedrockCompat(),
  'cohere()': llm.cohere(),
  'huggingface()': llm.huggingface(),
  'jumpstartLlama2({ acceptEula: true })': llm.jumpstartLlama2({ acceptEula: true }),
  'jumpstartText2Text()': llm.jumpstartText2Text(),
  'lmi()': llm.lmi(),
  'openai()': llm.openai(),
  "openai({ completeAs: 'message' })": llm.openai({ completeAs: 'message' }),
  'tgi()': llm.tgi(),
  'triton()': llm.triton(),
}
const embeddingHandlers: Readonly<Record<string, embed.EmbeddingContentHandler>> = {
  'cohereEmbedding()': embed.cohereEmbedding(),
  'huggingfaceEmbedding()': embed.huggingfaceEmbedding(),
  'jinaEmbedding()': embed.jinaEmbedding(),
  'jumpstartEmbedding()': embed.jumpstartEmbedding(),
  'kserveEmbedding()': embed.kserveEmbedding(),
  'lmiEmbedding()': embed.lmiEmbedding(),
  'openaiEmbedding()': embed.openaiEmbedding(),
  'teiEmbedding()': embed.teiEmbedding(),
  'titanEmbedding()': embed.titanEmbedding(),
}

interface Example {
  readonly handler: string
  readonly operation: string
  readonly request: string
  /** Undefined where the page gives none for this request. */
  readonly answer: string | undefined
  readonly stream: string | undefined
}

/** Each request of the page, with the answer and the stream that stand before the next one. */
const examples: readonly Example[] = markdown
  .split(/^(?=Request of )/m)
  .slice(1)
  .map((part) => {
    const [, handler = '', operation = ''] = /^Request of `(.+?)`, `(\w+)`:$/m.exec(part) ?? []
    const block = (introduction: RegExp): string | undefined =>
      new RegExp(String.raw`^${introduction.source}:\n\n\x60{3}\w+\n(.*?)\n\x60{3}$`, 'ms').exec(part)?.[1]
    return {
      handler,
      operation,
      request: block(/Request of .+?/) ?? '',
      answer: block(/Answer/),
      stream: block(/Stream/),
    }
  })

const generation = { temperature: 0.2, maxNewTokens: 64, stopSequences: ['\n\n'] }
const callOf = (operation: string, stream: boolean): llm.ModelCall =>
  operation === 'complete'
    ? { ...generation, stream, prompt: 'The capital of France is' }
    : { ...generation, stream, messages: [{ role: 'user', content: [{ text: 'What is the capital of France?' }] }] }

const sent = (request: { readonly body: Uint8Array }): unknown => JSON.parse(new TextDecoder().decode(request.body))

/** The text of a stream; fails if the handler finds an error in it. */
function streamedText(handler: llm.ContentHandler, stream: string, call: llm.ModelCall): string {
  const decoder = new JsonSequenceDecoder()
  const values = [...decoder.push(new TextEncoder().encode(stream)), ...decoder.flush()]
  const reader = handler.reader(call)
  const deltas = [
    ...values.filter((value) => value !== jsonSequenceDone).flatMap((value) => reader.push(value)),
    ...reader.end(),
  ]
  expect(deltas.filter(({ type }) => type === 'error')).toEqual([])
  return deltas.map((delta) => (delta.type === 'text' ? delta.text : '')).join('')
}

describe('the page on containers', () => {
  test('has an example for every handler', () => {
    const handlers = new Set(examples.map(({ handler }) => handler))
    expect([...handlers].sort()).toEqual([...Object.keys(languageHandlers), ...Object.keys(embeddingHandlers)].sort())
  })

  const ofText = examples.filter(({ operation }) => operation !== 'embed')

  test.each(ofText)('$handler sends for $operation what it says', ({ handler, operation, request }) => {
    expect(sent(languageHandlers[handler]!.request(callOf(operation, false)))).toEqual(JSON.parse(request))
  })

  test.each(ofText.filter(({ answer }) => answer !== undefined))(
    '$handler reads the answer to $operation',
    ({ handler, operation, answer }) => {
      const { text } = languageHandlers[handler]!.answer(JSON.parse(answer!), callOf(operation, false)) ?? {}
      expect(text?.trim()).toBe('Paris.')
    },
  )

  test.each(ofText.filter(({ stream }) => stream !== undefined))(
    '$handler reads the stream of $operation',
    ({ handler, operation, stream }) => {
      expect(streamedText(languageHandlers[handler]!, stream!, callOf(operation, true)).trim()).toBe('Paris.')
    },
  )

  test.each(examples.filter(({ operation }) => operation === 'embed'))(
    '$handler sends the texts as it says, and reads their vectors',
    ({ handler: name, request, answer }) => {
      const handler = embeddingHandlers[name]!
      const texts = ['Hello', 'Goodbye'].slice(0, handler.limits.maxTexts)
      const call: embed.EmbeddingCall = {
        kind: 'text',
        count: texts.length,
        dimensions: undefined,
        dtype: undefined,
        normalize: undefined,
        pooling: 'mean',
        inputType: undefined,
        modelName: undefined,
        additionalParameters: undefined,
      }
      expect(sent(handler.request(texts, call))).toEqual(JSON.parse(request))
      // As the engine parses answers: arrays of numbers are vectors.
      const vectors = handler.answer(
        JSON.parse(answer ?? '', (_, value: unknown) =>
          Array.isArray(value) && typeof value[0] === 'number' ? Float32Array.from(value as number[]) : value,
        ),
        call,
      )
      expect(vectors.map((vector) => vector?.length)).toEqual(texts.map(() => 2))
      expect(vectors[0]?.[0]).toBeCloseTo(0.1)
    },
  )
})
