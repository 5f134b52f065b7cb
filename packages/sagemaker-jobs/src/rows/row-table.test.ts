import { array, assert, constantFrom, integer, property, record, string, uint8Array } from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Column } from './column.ts'
import { idDigest, rowDigest } from './row-digest.ts'
import { type RowState, RowTable } from './row-table.ts'

describe('a table of rows', () => {
  test('finds every doubled id, and no other', () => {
    assert(
      property(array(string({ maxLength: 4 }), { maxLength: 3000 }), (ids) => {
        const table = new RowTable()
        const first = new Map<string, number>()
        for (const [index, id] of ids.entries()) {
          const expected = first.get(id) ?? index
          expect(table.claim(index, idDigest(id))).toBe(expected)
          if (expected === index) first.set(id, index)
        }
      }),
      { numRuns: 50 },
    )
  })

  test('agrees with a simple model, whatever is recorded in whatever order', () => {
    const news = record({
      index: integer({ min: 0, max: 5 }),
      state: constantFrom<Exclude<RowState, 'new'>[]>('submitted', 'done', 'failed', 'retryable', 'expired'),
      attempt: integer({ min: 1, max: 4 }),
    })
    assert(
      property(array(news, { maxLength: 40 }), (all) => {
        const table = new RowTable()
        const model = new Map<number, { state: RowState; attempt: number }>()
        for (const { index, state, attempt } of all) {
          const before = model.get(index) ?? { state: 'new', attempt: 0 }
          const isNews =
            before.state !== 'done' &&
            (state === 'done' ||
              attempt > before.attempt ||
              (attempt === before.attempt && before.state === 'submitted' && state !== 'submitted'))
          expect(table.record(index, state, attempt, index + 1)).toBe(isNews)
          if (isNews) model.set(index, { state, attempt: Math.max(attempt, before.attempt) })
        }
        for (const [index, { state, attempt }] of model) {
          expect([table.stateOf(index), table.attemptOf(index)]).toEqual([state, attempt])
          expect(table.digestOf(index)).toBe(index + 1)
        }
        const inState = (wanted: RowState): number => [...model.values()].filter(({ state }) => state === wanted).length
        for (const state of ['submitted', 'done', 'failed', 'retryable', 'expired'] as const) {
          expect(table.count(state)).toBe(inState(state))
        }
        expect(table.length).toBe(Math.max(-1, ...model.keys()) + 1)
      }),
    )
  })

  test('reopens rows that may succeed, and takes their next failure', () => {
    const table = new RowTable()
    const states = ['done', 'failed', 'retryable', 'expired', 'submitted'] as const
    for (const [index, state] of states.entries()) table.record(index, state, 2, 7)
    table.reopen()
    expect(states.map((_, index) => [table.stateOf(index), table.attemptOf(index), table.digestOf(index)])).toEqual([
      ['done', 2, 7],
      ['failed', 2, 7],
      ['new', 3, 7],
      ['new', 3, 7],
      ['submitted', 2, 7],
    ])
    expect([table.count('retryable'), table.count('expired')]).toEqual([0, 0])
    expect(table.record(2, 'failed', 2, 7)).toBe(false)
    expect(table.record(2, 'failed', 3, 7)).toBe(true)
  })

  test('takes at most 32 bytes a row, however many there are', () => {
    const table = new RowTable()
    let most = 0
    for (let index = 0; index < 300_000; index++) {
      table.claim(index, idDigest(`id ${index}`))
      table.record(index, 'submitted', 1, index)
      table.record(index, 'done', 1, index)
      // Small tables are all chunk.
      if (index > 50_000) most = Math.max(most, table.byteLength / (index + 1))
    }
    expect(most).toBeLessThanOrEqual(32)
    expect(table.count('done')).toBe(300_000)
  })

  test('an attempt beyond 31 counts as the 31st, and an output is still taken', () => {
    const table = new RowTable()
    table.record(0, 'retryable', 40, 0)
    expect(table.attemptOf(0)).toBe(31)
    expect(table.record(0, 'done', 41, 0)).toBe(true)
  })
})

test('a column keeps what was set, and is 0 elsewhere', () => {
  assert(
    property(array(integer({ min: 0, max: 100_000 }), { maxLength: 50 }), (indexes) => {
      const column = new Column((length) => new Uint32Array(length))
      for (const index of indexes) column.set(index, index + 1)
      for (const index of indexes) expect(column.get(index)).toBe(index + 1)
      expect(column.get(100_001)).toBe(0)
    }),
  )
})

test('a digest changes with the id and with the input, bytes included', () => {
  assert(
    property(string(), string(), uint8Array({ minLength: 1 }), (id, text, bytes) => {
      expect(rowDigest(id, { text, bytes })).toBe(rowDigest(id, { text, bytes: bytes.slice() }))
      expect(rowDigest(id, { text: `${text}.`, bytes })).not.toBe(rowDigest(id, { text, bytes }))
      expect(rowDigest(`${id}.`, { text, bytes })).not.toBe(rowDigest(id, { text, bytes }))
      const other = bytes.slice()
      other[0] = (other[0] ?? 0) ^ 1
      expect(rowDigest(id, { text, bytes: other })).not.toBe(rowDigest(id, { text, bytes }))
    }),
  )
})
