import * as fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { SagemakerError } from '../../errors/sagemaker-error.ts'
import { BatchEngine } from './batch-engine.ts'
import type { BatchRun } from './batch-run.ts'
import type { Outcome } from './outcome.ts'
import { cacheKeys, ResultCache, type ResultStore } from './result-cache.ts'
import { type Item, item, refusal, type SquaringModel, squaringModel } from './test-support/squaring-model.ts'

interface Settings {
  readonly maxItems?: number
  readonly maxBytes?: number
  readonly concurrency?: number
}

function engineOf(model: SquaringModel, { maxItems, maxBytes, concurrency = 4 }: Settings = {}): BatchEngine {
  return new BatchEngine({ endpoint: model.endpoint, limits: [{ maxItems, maxBytes }], concurrency })
}

const skip = (model: SquaringModel, more: Partial<BatchRun<Item, number>> = {}): BatchRun<Item, number> => ({
  codec: model.codec,
  onError: 'skip',
  ...more,
})

const failureOf = (call: Promise<unknown>): Promise<SagemakerError | undefined> =>
  call.then(
    () => undefined,
    (error: SagemakerError) => error,
  )

const upTo = (count: number): Item[] => Array.from({ length: count }, (_, value) => item(value + 1))
const squares = (items: readonly Item[]): Outcome<number>[] => items.map(({ value }) => ({ result: value ** 2 }))

const anyItem = fc.record({
  value: fc.integer({ min: 1, max: 1000 }),
  fate: fc.oneof(
    { arbitrary: fc.constant(undefined), weight: 6 },
    { arbitrary: fc.constantFrom('refused', 'missing', 'dropped', 'garbled'), weight: 1 },
  ),
}) satisfies fc.Arbitrary<Item>

const circumstances = fc.record({
  items: fc.array(anyItem, { maxLength: 60 }),
  maxItems: fc.integer({ min: 1, max: 20 }),
  concurrency: fc.integer({ min: 1, max: 6 }),
  delaysMs: fc.array(fc.nat(2), { minLength: 1, maxLength: 5 }),
})

describe('whatever the items, batches, order of answers and mixture of bad items', () => {
  test('every result is that of its item, and every failure names its item and no other', async () => {
    await fc.assert(
      fc.asyncProperty(circumstances, async ({ items, maxItems, concurrency, delaysMs }) => {
        const model = squaringModel(undefined, (some) => delaysMs[some.length % delaysMs.length] ?? 0)
        const outcomes = await engineOf(model, { maxItems, concurrency }).run(items, skip(model))
        expect(outcomes.map(({ result }) => result)).toEqual(
          items.map(({ value, fate }) => (fate === undefined ? value ** 2 : undefined)),
        )
        expect(outcomes.map(({ error }) => error?.index)).toEqual(
          items.map(({ fate }, index) => (fate === undefined ? undefined : index)),
        )
        expect(model.mostInFlight()).toBeLessThanOrEqual(concurrency)
      }),
      { numRuns: 150 },
    )
  })

  test('a bad item costs at most 2 log2(n) + 4 requests above those without it', async () => {
    await fc.assert(
      fc.asyncProperty(circumstances, async ({ items, maxItems, concurrency }) => {
        const model = squaringModel()
        await engineOf(model, { maxItems, concurrency }).run(items, skip(model))
        const least = Math.ceil(items.length / maxItems)
        const bad = items.filter(({ fate }) => fate !== undefined && fate !== 'missing').length
        expect(model.received.length).toBeLessThanOrEqual(least + bad * (2 * Math.log2(maxItems) + 4))
      }),
      { numRuns: 150 },
    )
  })

  test('a call that ends at the first failure reports the first in order', async () => {
    await fc.assert(
      fc.asyncProperty(circumstances, async ({ items, maxItems, concurrency, delaysMs }) => {
        const model = squaringModel(undefined, (some) => delaysMs[some.length % delaysMs.length] ?? 0)
        const first = items.findIndex(({ fate }) => fate !== undefined)
        const call = engineOf(model, { maxItems, concurrency }).run(items, skip(model, { onError: 'throw' }))
        expect((await failureOf(call))?.index ?? -1).toBe(first)
      }),
      { numRuns: 150 },
    )
  })
})

describe('a response that has no result for an item', () => {
  test('costs no other item its result, and no further request', async () => {
    const model = squaringModel()
    const outcomes = await engineOf(model).run([item(1), item(2, 'missing'), item(3)], skip(model))
    expect(outcomes.map(({ result }) => result)).toEqual([1, undefined, 9])
    expect(model.received).toHaveLength(1)
  })

  test('is divided like a refusal when it is not certain which items it is about', async () => {
    const model = squaringModel()
    const items = [...upTo(7), item(8, 'dropped')]
    const outcomes = await engineOf(model).run(items, skip(model))
    expect(outcomes.slice(0, 7)).toEqual(squares(upTo(7)))
    expect(outcomes[7]?.error).toMatchObject({ code: 'unexpected-response', index: 7 })
  })
})

describe('a limit that the container does not state', () => {
  test.each([
    ['a validation error in unknown words', () => refusal(422, 'the request has more numbers than this model accepts')],
    ['a worker that runs out of memory', () => refusal(500, 'CUDA out of memory')],
  ])('is learnt from what worked: %s', async (_, refuse) => {
    const model = squaringModel((items) => (items.length > 96 ? refuse() : undefined))
    const engine = engineOf(model, { maxItems: 256 })
    expect(await engine.run(upTo(2048), skip(model))).toEqual(squares(upTo(2048)))
    expect(engine.limits.maxItems).toBe(64)
    // Until it is known: two probes, the 4 requests in flight and their halves; then 2048 / 64.
    expect(model.received.length).toBeLessThanOrEqual(2 + 4 + 8 + 32)
    const before = model.received.length
    await engine.run(upTo(640), skip(model))
    expect(model.received.slice(before).filter(({ length }) => length > 96)).toHaveLength(0)
  })

  test('is tested again after a while, because it may have been a failure that passed', async () => {
    const model = squaringModel((items, requests) =>
      requests <= 1 && items.length > 1 ? refusal(500, 'hiccup') : undefined,
    )
    const engine = engineOf(model, { maxItems: 8, concurrency: 1 })
    await engine.run(upTo(8), skip(model))
    expect(engine.limits.maxItems).toBe(4)
    await engine.run(upTo(4 * 64), skip(model))
    expect(engine.limits.maxItems).toBe(8)
  })

  test('that is stated is kept for good', async () => {
    const model = squaringModel((items) =>
      items.length > 5 ? refusal(422, `batch size ${items.length} > maximum allowed batch size 5`) : undefined,
    )
    const engine = engineOf(model, { maxItems: 40, concurrency: 1 })
    await engine.run(upTo(400), skip(model))
    expect(engine.limits.maxItems).toBe(5)
    expect(model.received.filter(({ length }) => length > 5)).toHaveLength(1)
  })
})

describe('a refusal that is about the request', () => {
  const refusals: readonly (readonly [what: string, error: SagemakerError])[] = [
    ['an unknown model', refusal(404, 'The model `wrong` does not exist')],
    ['an unknown parameter', refusal(400, 'Unknown parameter: dimensions')],
    ['no handler for the request', refusal(400, 'Cannot find suitable handler')],
    ['a container that answers 500 to everything', refusal(500, 'Internal error')],
    ['a response that cannot be read', new SagemakerError('unexpected-response', 'HTML.')],
  ]
  test.each(refusals)('ends the call, names no item, and costs a handful of requests: %s', async (_, error) => {
    const model = squaringModel(() => error)
    for (const onError of ['skip', 'throw'] as const) {
      const before = model.received.length
      const failure = await failureOf(engineOf(model, { maxItems: 96 }).run(upTo(512), skip(model, { onError })))
      expect(failure).toMatchObject({ code: error.code })
      expect(failure).not.toHaveProperty('index')
      // Four in flight, the halves of the first, and the probe.
      expect(model.received.length - before).toBeLessThanOrEqual(7)
    }
  })

  test('ends a call also when the container fails in the course of it', async () => {
    const model = squaringModel((_, requests) => (requests > 6 ? refusal(500, 'Internal error') : undefined))
    const failure = await failureOf(engineOf(model, { maxItems: 8 }).run(upTo(800), skip(model)))
    expect(failure).toMatchObject({ code: 'model-error' })
    expect(failure).not.toHaveProperty('index')
    expect(model.received.length).toBeLessThanOrEqual(6 + 4 + 8 + 2)
  })

  test('is not looked for when a single item is sent: it is what failed', async () => {
    const model = squaringModel()
    expect(await engineOf(model).run([item(1, 'refused')], skip(model))).toMatchObject([{ error: { index: 0 } }])
    expect(model.received).toHaveLength(1)
  })
})

describe('a model that compares items with each other', () => {
  const unsplittable = (model: SquaringModel): BatchRun<Item, number> =>
    skip(model, { codec: { ...model.codec, splittable: false } })

  test('gets all items in one request, or none', async () => {
    const model = squaringModel()
    expect(await engineOf(model, { maxItems: 9 }).run(upTo(9), unsplittable(model))).toEqual(squares(upTo(9)))
    expect(model.received).toHaveLength(1)
    const failure = await failureOf(engineOf(model, { maxItems: 8 }).run(upTo(9), unsplittable(model)))
    expect(failure).toMatchObject({ code: 'payload-too-large' })
    expect(failure?.message).toContain('9 items, at most 8')
    expect(model.received).toHaveLength(1)
  })

  test('is not sent fewer items after a refusal', async () => {
    const model = squaringModel()
    const failure = await failureOf(engineOf(model).run([item(1), item(2, 'refused')], unsplittable(model)))
    expect(failure).toMatchObject({ code: 'invalid-request' })
    expect(model.received).toHaveLength(1)
  })
})

describe('requests', () => {
  test('hold as many items as fit by count and by bytes', async () => {
    const model = squaringModel()
    await engineOf(model, { maxItems: 3, concurrency: 1 }).run(upTo(7), skip(model))
    expect(model.received.map(({ length }) => length)).toEqual([3, 3, 1])
    const bytesOfTwo = 2 * model.codec.sizeOf(item(1))
    await engineOf(model, { maxBytes: bytesOfTwo + 1, concurrency: 1 }).run(upTo(4), skip(model))
    expect(model.received.slice(3).map(({ length }) => length)).toEqual([2, 2])
  })

  test('of a long call do not keep a short one waiting', async () => {
    const model = squaringModel()
    const engine = engineOf(model, { maxItems: 1, concurrency: 2 })
    const long = engine.run(upTo(500), skip(model))
    await engine.run([item(7777)], skip(model))
    expect(model.received.findIndex(([first]) => first?.value === 7777)).toBeLessThan(8)
    await long
  })

  test('that are throttled lower the number of those in flight, and are sent again', async () => {
    let inFlight = 0
    const changes: number[] = []
    const model = squaringModel(
      () => (inFlight-- > 2 ? refusal(429, 'Model is overloaded') : undefined),
      () => (inFlight++, 1),
    )
    const observer = {
      concurrencyChanged: ({ concurrency }: { readonly concurrency: number }) => changes.push(concurrency),
    }
    const silent = { within: <R>(run: () => R): R => run(), requestAnswered() {}, requestSplit() {}, itemsDone() {} }
    const engine = engineOf(model, { maxItems: 1, concurrency: 8 })
    const outcomes = await engine.run(upTo(60), skip(model, { observer: { ...silent, ...observer } }))
    expect(outcomes).toEqual(squares(upTo(60)))
    expect(Math.min(...changes)).toBeLessThanOrEqual(4)
  })

  test('are not sent if the signal has aborted before', async () => {
    const model = squaringModel()
    for (const count of [1, 5, 50]) {
      const call = engineOf(model, { maxItems: 5 }).run(upTo(count), skip(model, { signal: AbortSignal.abort() }))
      await expect(call).rejects.toThrow('abort')
    }
    expect(model.received).toEqual([])
  })

  test('end with the signal, whenever it aborts', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(12), fc.integer({ min: 1, max: 4 }), async (afterRequests, concurrency) => {
        const controller = new AbortController()
        const model = squaringModel((_, requests) => {
          if (requests > afterRequests) controller.abort()
          return undefined
        })
        const engine = engineOf(model, { maxItems: 1, concurrency })
        const failure = await failureOf(engine.run(upTo(20), skip(model, { signal: controller.signal })))
        expect(failure).toMatchObject({ code: 'aborted' })
      }),
      { numRuns: 50 },
    )
  })

  test('end with the signal, wherever they are', async () => {
    const controller = new AbortController()
    const model = squaringModel(undefined, () => 5)
    const call = engineOf(model, { maxItems: 1, concurrency: 2 }).run(
      upTo(100),
      skip(model, { signal: controller.signal }),
    )
    setTimeout(() => controller.abort(new Error('enough')), 12)
    expect(await failureOf(call)).toMatchObject({ name: 'AbortError', code: 'aborted', cause: { message: 'enough' } })
    const sent = model.received.length
    await new Promise((resolve) => setTimeout(resolve, 20))
    expect(model.received.length).toBe(sent)
  })
})

describe('equal items', () => {
  test('are sent once, and each gets its own copy of the result', async () => {
    const model = squaringModel()
    const codec = {
      ...model.codec,
      keyOf: ({ value }: Item) => String(value),
      copy: (result: number) => -result,
    }
    const outcomes = await engineOf(model).run([item(2), item(3), item(2)], skip(model, { codec }))
    expect(outcomes.map(({ result }) => result)).toEqual([4, 9, -4])
    expect(model.received).toEqual([[{ value: 2 }, { value: 3 }]])
  })
})

describe('a cache', () => {
  const cacheOf = (store: ResultStore<number>, failures: unknown[] = []): ResultCache<Item, number> =>
    new ResultCache({
      store,
      keyOf: ({ value }) => cacheKeys({ model: 'squares' })(String(value)),
      check: (value) => {
        if (typeof value !== 'number') throw new TypeError('expected a number')
      },
      failed: (error) => failures.push(error),
    })
  const storeOf = (known = new Map<string, number>()): ResultStore<number> => ({
    get: (keys) => keys.map((key) => known.get(key)),
    set: (entries) => {
      for (const [key, result] of entries) known.set(key, result)
    },
  })

  test('has what was sent before, but no failures', async () => {
    const model = squaringModel()
    const cache = cacheOf(storeOf())
    const engine = engineOf(model)
    await engine.run([item(1), item(2), item(3, 'missing')], skip(model, { cache }))
    const again = await engine.run([item(3), item(2), item(1)], skip(model, { cache }))
    expect(again.map(({ result }) => result)).toEqual([9, 4, 1])
    expect(model.received[1]).toEqual([{ value: 3 }])
  })

  test('that fails costs requests and nothing else', async () => {
    const failures: unknown[] = []
    const broken = (): never => {
      throw new Error('down')
    }
    const model = squaringModel()
    const cache = cacheOf({ get: () => Promise.reject(new Error('down')), set: broken }, failures)
    expect(await engineOf(model).run(upTo(3), skip(model, { cache }))).toEqual(squares(upTo(3)))
    expect(failures).toHaveLength(2)
  })

  test('is not believed without a check', async () => {
    const failures: unknown[] = []
    const model = squaringModel()
    const cache = cacheOf({ get: (keys) => keys.map(() => 'junk' as unknown as number), set: () => {} }, failures)
    expect(await engineOf(model).run(upTo(2), skip(model, { cache }))).toEqual(squares(upTo(2)))
    expect(failures).toHaveLength(2)
  })
})

describe('a stream', () => {
  async function* groupsOf(items: readonly Item[], size: number, pulled?: (count: number) => void) {
    for (let start = 0; start < items.length; start += size) {
      pulled?.(start)
      yield items.slice(start, start + size)
    }
  }

  test('gives the outcomes in order and asks for no more of the source than is in flight', async () => {
    const model = squaringModel()
    let pulled = 0
    const groups = groupsOf(upTo(400), 4, (count) => (pulled = count))
    const engine = engineOf(model, { maxItems: 4, concurrency: 2 })
    let taken = 0
    for await (const outcomes of engine.stream({ groups, groupSize: 4, itemOf: (one: Item) => one }, skip(model))) {
      expect(outcomes.map(({ source, outcome }) => [source.value, outcome.result])).toEqual(
        outcomes.map(({ source }, position) => [taken + position + 1, source.value ** 2]),
      )
      taken += outcomes.length
      expect(pulled - taken).toBeLessThanOrEqual(4 * 2 * 2 + 4)
    }
    expect(taken).toBe(400)
  })

  test('ends with the first failure, if that is wanted', async () => {
    const model = squaringModel()
    const items = [item(1), item(2), item(3, 'refused'), item(4)]
    const seen: unknown[] = []
    const source = { groups: groupsOf(items, 4), groupSize: 4, itemOf: (one: Item) => one }
    for await (const outcomes of engineOf(model).stream(source, skip(model, { onError: 'throw' }))) {
      for (const { outcome } of outcomes) seen.push(outcome.result ?? outcome.error?.code)
    }
    expect(seen).toEqual([1, 4, 'invalid-request'])
  })
})
