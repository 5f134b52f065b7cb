import { readFileSync } from 'node:fs'
import path from 'node:path'
import { describe, expect, test } from 'vitest'
import * as embed from '@x/sagemaker-embed'
import * as llm from '@x/sagemaker-llm'
import * as rerank from '@x/sagemaker-rerank'
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

const rerankHandlers: Readonly<Record<string, rerank.RerankContentHandler>> = {
  'cohereRerank()': rerank.cohereRerank(),
  'cohereRerank({ apiVersion: 2 })': rerank.cohereRerank({ apiVersion: 2 }),
  'djlRerank()': rerank.djlRerank(),
  'huggingfaceRerank()': rerank.huggingfaceRerank(),
  'jinaRerank()': rerank.jinaRerank(),
  'jinaRerank({ multimodal: true })': rerank.jinaRerank({ multimodal: true }),
  'nimRerank()': rerank.nimRerank(),
  'teiRerank()': rerank.teiRerank(),
  'textPairsRerank()': rerank.textPairsRerank(),
  'vllmRerank()': rerank.vllmRerank(),
}
const classificationHandlers: Readonly<Record<string, rerank.ClassificationContentHandler>> = {
  'huggingfaceClassification()': rerank.huggingfaceClassification(),
  'jumpstartClassification()': rerank.jumpstartClassification(),
  'teiClassification()': rerank.teiClassification(),
  'vllmClassification()': rerank.vllmClassification(),
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
    const known = [languageHandlers, embeddingHandlers, rerankHandlers, classificationHandlers]
    expect([...handlers].sort()).toEqual(known.flatMap((one) => Object.keys(one)).sort())
  })

  const ofText = examples.filter(({ operation }) => !['embed', 'rerank', 'classify'].includes(operation))

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

  test.each(examples.filter(({ operation }) => operation === 'rerank'))(
    '$handler sends the documents as it says, and reads their scores',
    ({ handler: name, request, answer }) => {
      const handler = rerankHandlers[name]!
      const documents = ['Paris is the capital of France.', 'Bread is baked before dawn.']
      const call: rerank.RerankCall = { query: 'What is the capital of France?', documents }
      expect(sent(handler.request(call))).toEqual(JSON.parse(request))
      const { scores } = handler.answer(JSON.parse(answer ?? ''), call)
      expect(scores).toHaveLength(2)
      expect(scores[0]).toBeGreaterThan(scores[1]!)
    },
  )

  test.each(examples.filter(({ operation }) => operation === 'classify'))(
    '$handler sends the texts as it says, and reads their labels',
    ({ handler: name, request, answer }) => {
      const handler = classificationHandlers[name]!
      const texts = ['I love it.', 'I hate it.'].slice(0, handler.limits.maxTexts)
      const written = handler.request({ texts })
      const parsed = (text: string): unknown => (written.contentType === 'application/json' ? JSON.parse(text) : text)
      expect(parsed(new TextDecoder().decode(written.body))).toEqual(parsed(request))
      const { labels } = handler.answer(JSON.parse(answer ?? ''), { texts })
      const best = labels.map((scores) => scores.toSorted((a, b) => b.score - a.score)[0]?.label)
      expect(best).toEqual(['POSITIVE', 'NEGATIVE'].slice(0, texts.length))
    },
  )
})
