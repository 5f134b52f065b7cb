import { containerError, json, type ReceivedRequest } from '@x/sagemaker-local'
import { openaiEmbedding, SagemakerEmbedding } from '@x/sagemaker-embed'
import { cohereRerank, SagemakerReranker } from '@x/sagemaker-rerank'
import { describe, expect, test } from 'vitest'
import { hosts } from './test-support/hosts.ts'
import { scriptedEndpoint } from './test-support/scripted-endpoint.ts'

const it = scriptedEndpoint()

function inputOf({ body }: ReceivedRequest): string[] {
  return (JSON.parse(new TextDecoder().decode(body)) as { input: string[] }).input
}

/** Answers with the length of each text, last text first, as OpenAI's format allows. */
function embed(request: ReceivedRequest) {
  const input = inputOf(request)
  const data = input.map((text, index) => ({ object: 'embedding', index, embedding: [text.length, 0.5] }))
  return json({ data: data.toReversed(), usage: { prompt_tokens: 10 * input.length } })
}

describe.each(hosts)('on $name', ({ ai, createSagemaker, version }) => {
  const settings = { contentHandler: openaiEmbedding() }
  const embedding = (more = {}) => createSagemaker(it.runtime.connection).embeddingModel('it', { ...settings, ...more })
  const reranking = (more = {}) => createSagemaker(it.runtime.connection).rerankingModel('it', more)

  test('embedMany embeds any number of texts in one call of the model, in their order, with their tokens', async () => {
    it.answer(embed)
    const values = Array.from({ length: 25 }, (_, index) => 'x'.repeat(index + 1))
    const { embeddings, usage, warnings } = await ai.embedMany({ model: embedding(), values })
    expect(embeddings).toEqual(values.map((text) => [text.length, 0.5]))
    expect({ tokens: usage.tokens, warnings }).toEqual({ tokens: 250, warnings: [] })
    expect(it.requests).toHaveLength(3)
  })

  test('what the vectors are for, and their length, reach the container', async () => {
    it.answer(embed)
    const providerOptions = { sagemaker: { dimensions: 2, targetVariant: 'AllTraffic' } }
    const model = embedding({ kind: 'query', queryInstruction: 'query: ' })
    const { providerMetadata, response } = await ai.embed({ model, value: 'Hi', providerOptions })
    expect(it.bodies).toMatchObject([{ input: ['query: Hi'], dimensions: 2 }])
    expect(providerMetadata).toMatchObject({ sagemaker: { invokedProductionVariant: 'AllTraffic', attempts: 1 } })
    expect(response?.headers).toMatchObject({ 'x-amzn-requestid': expect.any(String) as unknown })
    await model.doEmbed({ values: ['Hi'], providerOptions: { sagemaker: { kind: 'text' } } })
    expect(it.bodies.at(-1)).toMatchObject({ input: ['Hi'] })
  })

  test.runIf(version === 'v4')('the SDK can ask for a length', async () => {
    it.answer(embed)
    await embedding().doEmbed({ values: ['Hi'], dimensions: 2 })
    expect(it.bodies).toMatchObject([{ dimensions: 2 }])
  })

  test('a text that is refused is named by its index, and not by its words', async () => {
    it.answer((request) => {
      const input = inputOf(request)
      if (!input.includes('SECRET')) return embed(request)
      return containerError(413, {
        error: 'Input validation error: `SECRET` has too many tokens',
        error_type: 'Validation',
      })
    })
    const error: unknown = await ai
      .embedMany({ model: embedding(), values: ['a', 'b', 'SECRET', 'd'] })
      .catch((thrown: unknown) => thrown)
    expect(error).toMatchObject({
      name: 'AI_APICallError',
      isRetryable: false,
      data: { index: 2 },
      cause: { index: 2 },
    })
    expect(JSON.stringify([error, (error as Error).message])).not.toContain('SECRET')
  })

  test('rerank gives the best documents with their positions', async () => {
    it.answer(() =>
      json([
        { index: 2, score: 0.9 },
        { index: 0, score: 0.4 },
        { index: 1, score: 0.1 },
      ]),
    )
    const documents = ['Bread rises.', 'Ships wait.', 'Fog lies over the harbour.']
    const { ranking, rerankedDocuments, response } = await ai.rerank({
      model: reranking(),
      documents,
      query: 'fog',
      topN: 2,
    })
    expect(ranking).toMatchObject([
      { originalIndex: 2, score: 0.9 },
      { originalIndex: 0, score: 0.4 },
    ])
    expect(rerankedDocuments).toEqual([documents[2], documents[0]])
    expect(response.modelId).toBe('it')
  })

  test('documents of fields are ranked, too', async () => {
    it.answer(() =>
      json({
        results: [
          { index: 1, relevance_score: 0.9 },
          { index: 0, relevance_score: 0.4 },
        ],
      }),
    )
    const documents = [{ title: 'Bread' }, { title: 'Fog' }]
    const model = reranking({ contentHandler: cohereRerank() })
    const providerOptions = { sagemaker: { minScore: 0.5 } }
    const { rerankedDocuments, providerMetadata } = await ai.rerank({ model, documents, query: 'fog', providerOptions })
    expect(rerankedDocuments).toEqual([{ title: 'Fog' }])
    expect(providerMetadata).toMatchObject({ sagemaker: { scoreKind: expect.any(String) as unknown } })
  })

  test('a refusal is an APICallError', async () => {
    it.answer(() => containerError(422, { error: 'no', error_type: 'validation' }))
    const ranked = ai.rerank({ model: reranking(), documents: ['a'], query: 'b' })
    await expect(ranked).rejects.toMatchObject({ name: 'AI_APICallError', statusCode: 422, isRetryable: false })
  })

  test('an abort is one', async () => {
    let controller = new AbortController()
    it.answer(() => {
      controller.abort()
      return new Promise(() => {})
    })
    const embedded = ai.embed({ model: embedding(), value: 'a', abortSignal: controller.signal })
    await expect(embedded).rejects.toMatchObject({ name: 'AbortError' })
    controller = new AbortController()
    const ranked = ai.rerank({ model: reranking(), documents: ['a'], query: 'b', abortSignal: controller.signal })
    await expect(ranked).rejects.toMatchObject({ name: 'AbortError' })
  })

  test('models that exist are taken', async () => {
    it.answer(embed)
    const connection = { endpointName: 'it', ...it.runtime.connection }
    const sagemaker = createSagemaker()
    const model = sagemaker.embeddingModel(
      new SagemakerEmbedding({ ...connection, ...settings, textInstruction: 't: ' }),
    )
    await ai.embed({ model, value: 'Hi' })
    expect(it.bodies).toMatchObject([{ input: ['t: Hi'] }])
    it.answer(() => json([{ index: 0, score: 0.9 }]))
    const ranked = sagemaker.rerankingModel(new SagemakerReranker(connection))
    expect((await ai.rerank({ model: ranked, documents: ['a'], query: 'b' })).ranking).toHaveLength(1)
  })
})
