import { demoLanguageModel, startLocalRuntime } from '@x/sagemaker-local'
import { expect, test } from 'vitest'
import { SagemakerLLM } from './sagemaker-llm.ts'

async function all<T>(values: AsyncIterable<T>): Promise<T[]> {
  const list: T[] = []
  for await (const value of values) list.push(value)
  return list
}

test('a decoder that is put between the bytes and the parts of an answer sees all of both', async () => {
  await using runtime = await startLocalRuntime({ endpoints: { llm: demoLanguageModel({ format: 'openai' }) } })
  const llm = new SagemakerLLM({ endpointName: 'llm', endpoint: runtime.url })
  let bytes = 0
  const parts = await all(
    llm.streamThrough([{ role: 'user', content: 'The sea' }], { maxNewTokens: 4 }, (decoder) => ({
      get isDone() {
        return decoder.isDone
      },
      start: decoder.start,
      fail: decoder.fail,
      push: () => [],
      flush: () => [],
      pushEach(chunk: Uint8Array, emit: (type: string) => void) {
        bytes += chunk.length
        decoder.pushEach(chunk, ({ type }) => emit(type))
      },
      flushEach: (emit) => decoder.flushEach(({ type }) => emit(type)),
    })),
  )
  expect(bytes).toBeGreaterThan(100)
  expect(parts.at(-1)).toBe('finish')
  expect(parts).not.toContain('raw')
  const decoded = await all(llm.streamParts([{ role: 'user', content: 'The sea' }], { maxNewTokens: 4 }))
  expect(parts.slice(1)).toEqual(decoded.slice(1).map(({ type }) => type))
  llm.close()
})
